// The server is killed in the middle of its work, again and again. What it acknowledged must be there, and be counted exactly once.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.mjs';
import { Postgres } from '../support/postgres.mjs';
import { Load, Pilar, makeFolder, removeFolder } from './support.mjs';

const kKills = Number(process.env.KILLS ?? 25);

/** One life of the server; adds what it acknowledged to `acknowledged`. Returns the records nobody got an answer for. */
async function liveAndDie(pilar, lastWords, acknowledged, life) {
  await pilar.start();
  // What had no answer when the server died is sent again, as a phone does it: taken now, or known already.
  for (const record of lastWords) {
    const { status, text } = await pilar.post(record);
    assert.ok(status === 200 || status === 201, `sent again: ${status} ${text}`);
    acknowledged.add(record.id);
  }
  const load = new Load(pilar);
  await eventually('records are taken', () => load.acknowledged.length > 0);
  await sleep(50 + ((life * 37) % 250));
  await pilar.kill();
  await load.stop();
  assert.deepEqual([...load.statuses.keys()], [201]);
  for (const { id } of load.acknowledged) acknowledged.add(id);
  return load.unanswered;
}

async function killAgainAndAgain(pilar) {
  const acknowledged = new Set();
  let lastWords = [];
  let midway = 0;
  for (let life = 1; life <= kKills; ++life) {
    lastWords = await liveAndDie(pilar, lastWords, acknowledged, life);
    midway += lastWords.length;
    const { ids, wrong } = pilar.check();
    assert.equal(wrong, '', `after kill ${life}`);
    const lost = [...acknowledged].filter((id) => !ids.has(id));
    assert.deepEqual(lost, [], `acknowledged and lost by kill ${life}`);
    const own = new Set([...acknowledged, ...lastWords.map(({ id }) => id)]);
    assert.deepEqual([...ids].filter((id) => !own.has(id)), [], `records nobody sent, after kill ${life}`);
  }
  assert.ok(midway > 0, 'some kill met a record on its way');
  return acknowledged.size;
}

describe('nothing acknowledged is lost', { concurrency: true }, () => {
  test('SQLite: nothing acknowledged is lost by a kill', async (t) => {
    const folder = makeFolder();
    t.after(() => removeFolder(folder));
    const records = await killAgainAndAgain(Pilar.make(folder));
    t.diagnostic(`${kKills} kills, ${records} acknowledged records`);
  });

  test('PostgreSQL: nothing acknowledged is lost by a kill', async (t) => {
    const folder = makeFolder();
    t.after(() => removeFolder(folder));
    const postgres = await Postgres.make();
    t.after(() => postgres.end());
    const records = await killAgainAndAgain(Pilar.make(folder, postgres.url));
    t.diagnostic(`${kKills} kills, ${records} acknowledged records`);
  });
});
