// The small demonstration of this program, made once a day for all files of tests and copied for each. Run by itself it makes it on both engines.
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Postgres } from './postgres.mjs';
import { kPilar } from './server.mjs';

const run = promisify(execFile);

/** Runs `make(folder)` once for all files of tests with this program on this day; the folder it filled. */
async function madeOnce(what, make) {
  const beside = dirname(kPilar), day = new Date().toISOString().slice(0, 10);
  const name = `demo-${what}-${Math.round(statSync(kPilar).mtimeMs)}-${day}`;
  const made = join(beside, name);
  if (existsSync(made)) return made;
  const part = mkdtempSync(join(beside, 'part-demo-'));
  await make(part);
  for (const old of readdirSync(beside)) if (old.startsWith(`demo-${what}-`) && old !== name) rmSync(join(beside, old), { recursive: true, force: true });
  try {
    renameSync(part, made);
  } catch {
    rmSync(part, { recursive: true, force: true }); // another file of tests was faster
  }
  return made;
}

/** Fills `folder` with the data folder of the demonstration, and with what `pilar demo --small` printed. */
async function fill(folder, database = []) {
  const pilar = async (...words) => (await run(kPilar, [...words, '--data', join(folder, 'data'), ...database], { encoding: 'utf8' })).stdout;
  await pilar('migrate');
  writeFileSync(join(folder, 'said.txt'), await pilar('demo', '--small'));
}

const kMakers = {
  SQLite: () => madeOnce('sqlite', (part) => fill(part)),
  PostgreSQL: () =>
    madeOnce('postgresql', async (part) => {
      const postgres = await Postgres.make();
      await fill(part, ['--database', postgres.url]);
      await postgres.rest();
      execFileSync('cp', ['-a', postgres.data, join(part, 'cluster')]);
      rmSync(postgres.folder, { recursive: true, force: true });
    }),
};

/** Copies the demonstration on this engine into the data folder: {said: what `pilar demo --small` printed, cluster: PostgreSQL's data, to be copied}. */
export async function copyDemonstration(engine, folder) {
  const made = await kMakers[engine]();
  cpSync(join(made, 'data'), folder, { recursive: true });
  return { said: readFileSync(join(made, 'said.txt'), 'utf8'), cluster: join(made, 'cluster') };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await Promise.all(Object.values(kMakers).map((make) => make()));
