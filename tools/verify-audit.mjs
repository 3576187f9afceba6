#!/usr/bin/env node
// Checks exported audit trails without any part of Pilar: docs/audit-format.md says what is computed here.
//   node tools/verify-audit.mjs TRAIL.jsonl [--heads KEPT.jsonl]
// Says what is wrong, a line each, and ends with 1; ends with 0 where everything is as it was written.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const netstring = (value) => {
  const bytes = Buffer.from(String(value), 'utf8');
  return Buffer.concat([Buffer.from(`${bytes.length}:`), bytes, Buffer.from(',')]);
};
const canonical = (line) =>
  Buffer.concat(['pilar-audit-1', line.facility, line.seq, line.at, line.actor, line.action, line.subject, line.detail].map(netstring));
const chain = (before, line) => createHash('sha256').update(before).update(canonical(line)).digest();

async function* objects(file) {
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1;
    if (text === '') continue;
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      throw new Error(`${file}:${number}: not a JSON object`);
    }
    yield value;
  }
}

/** Heads that were kept elsewhere: Map(facility -> [{seq, hash}]). */
async function readHeads(file) {
  const heads = new Map();
  if (!file) return heads;
  for await (const head of objects(file)) heads.set(head.facility, [...(heads.get(head.facility) ?? []), head]);
  return heads;
}

/** What is wrong with the trails of the file; `kept` are heads from elsewhere. */
export async function verify(file, keptFile) {
  const kept = await readHeads(keptFile);
  const wrong = [];
  const trails = new Map();
  let lines = 0;
  for await (const one of objects(file)) {
    const trail = trails.get(one.facility) ?? { seq: 0, hash: Buffer.alloc(32), broken: false, ended: false };
    trails.set(one.facility, trail);
    if (one.head !== undefined) {
      trail.ended = true;
      if (one.head !== 'pilar-audit-1') wrong.push(`facility ${one.facility}: format ${one.head} is not known`);
      if (!trail.broken && (one.seq !== trail.seq || one.hash !== trail.hash.toString('hex')))
        wrong.push(`facility ${one.facility}: the tail after line ${trail.seq} is missing or forged`);
      continue;
    }
    lines += 1;
    trail.seq += 1;
    trail.hash = chain(trail.hash, one);
    if (!trail.broken && (one.seq !== trail.seq || one.hash !== trail.hash.toString('hex'))) {
      trail.broken = true;
      wrong.push(`facility ${one.facility}: line ${trail.seq} is not what was written`);
    }
    for (const head of kept.get(one.facility) ?? [])
      if (head.seq === trail.seq) {
        head.met = true;
        if (head.hash !== trail.hash.toString('hex')) wrong.push(`facility ${one.facility}: line ${trail.seq} differs from the head that was kept`);
      }
  }
  for (const [facility, trail] of trails) if (!trail.ended) wrong.push(`facility ${facility}: the export ends without its head`);
  for (const [facility, heads] of kept)
    for (const head of heads)
      if (trails.has(facility) && !head.met) wrong.push(`facility ${facility}: line ${head.seq} was there when its head was kept, and is not now`);
  return { wrong, lines, trails: trails.size };
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const [file, option, heads] = process.argv.slice(2);
  if (!file || (option !== undefined && (option !== '--heads' || !heads))) {
    console.error('node tools/verify-audit.mjs TRAIL.jsonl [--heads KEPT.jsonl]');
    process.exit(2);
  }
  const { wrong, lines, trails } = await verify(file, heads);
  for (const one of wrong) console.log(one);
  console.log(`${trails} trails, ${lines} lines, ${wrong.length} wrong`);
  process.exit(wrong.length === 0 ? 0 : 1);
}
