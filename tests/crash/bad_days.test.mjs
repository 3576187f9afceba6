// The disk is full, the database is away: the server says so, loses nothing it acknowledged, and goes on by itself afterwards.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.mjs';
import { Postgres } from '../support/postgres.mjs';
import { Load, Pilar, makeFolder, newRecord, removeFolder } from './support.mjs';

/** A refusal says in the reader's language what to do, with an incident for the operator, and nothing from inside. */
function assertSaysBusy({ status, type, headers, text }, words) {
  assert.equal(status, 503, text);
  assert.equal(type, 'application/problem+json');
  assert.ok(headers['retry-after'], 'a time to wait');
  const body = JSON.parse(text);
  assert.equal(body.status, 503);
  assert.match(body.detail, words);
  assert.match(body.incident, /^[0-9a-f]+$/);
  assert.doesNotMatch(text, /sqlite|postgres|libpq|disk|record\.insert|errno|connection/i);
}
const kIndonesian = /Tidak ada yang hilang; coba lagi/;
const kEnglish = /Nothing is lost; try again/;

function assertNothingLost(pilar, acknowledged) {
  const { ids, wrong } = pilar.check();
  assert.equal(wrong, '');
  assert.deepEqual(acknowledged.filter(({ id }) => !ids.has(id)), []);
}

/** Takes all space that is left on the folder's disk; returns how to give it back. */
function fillDisk(folder) {
  const ballast = join(folder, 'ballast');
  const file = openSync(ballast, 'w');
  for (let size = 1 << 20; size >= 512; ) {
    try {
      writeSync(file, Buffer.alloc(size, 1));
    } catch (error) {
      assert.equal(error.code, 'ENOSPC');
      size /= 2;
    }
  }
  closeSync(file);
  return () => rmSync(ballast);
}

test('the disk is full: 503 while it is, and the records go on when there is space again', async (t) => {
  const folder = makeFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'pilar-crash', folder]);
  t.after(() => {
    execFileSync('umount', ['--lazy', folder]);
    removeFolder(folder);
  });
  const pilar = Pilar.make(folder);
  await pilar.start();
  const load = new Load(pilar);
  await eventually('records are taken', () => load.count(201) > 20);
  const freeDisk = fillDisk(folder);
  await eventually('a full disk is noticed', () => load.count(503) > 20);
  assertSaysBusy(await pilar.post(newRecord()), kIndonesian);
  assertSaysBusy(await pilar.post(newRecord(), { path: '/api/v1/records?bahasa=en' }), kEnglish);
  assert.equal((await pilar.ask('GET', '/masuk')).status, 200, 'pages are read all the same');
  const before = load.count(201);
  freeDisk();
  await eventually('records are taken again', () => load.count(201) > before + 20);
  await load.stop();
  assert.deepEqual([...load.statuses.keys()].sort(), [201, 503]);
  assert.deepEqual(load.unanswered, []);
  await pilar.stop();
  assertNothingLost(pilar, load.acknowledged);
});

test('PostgreSQL goes away and comes back under load: 503 meanwhile, then on without a restart', async (t) => {
  const folder = makeFolder();
  t.after(() => removeFolder(folder));
  const postgres = await Postgres.make();
  t.after(() => postgres.end());
  const pilar = Pilar.make(folder, postgres.url);
  await pilar.start();
  const load = new Load(pilar);
  for (let outage = 1; outage <= 3; ++outage) {
    const taken = load.count(201);
    await eventually('records are taken', () => load.count(201) > taken + 20);
    await postgres.stop();
    const refused = load.count(503);
    await eventually('the outage is noticed', () => load.count(503) > refused + 20);
    assertSaysBusy(await pilar.post(newRecord()), kIndonesian);
    assertSaysBusy(await pilar.post(newRecord(), { path: '/api/v1/records?bahasa=en' }), kEnglish);
    await sleep(200);
    await postgres.start();
  }
  const taken = load.count(201);
  await eventually('records are taken again', () => load.count(201) > taken + 20);
  await load.stop();
  assert.deepEqual([...load.statuses.keys()].sort(), [201, 503]);
  assert.deepEqual(load.unanswered, []);
  await pilar.stop();
  assertNothingLost(pilar, load.acknowledged);
});
