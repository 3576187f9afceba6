// The server is killed in the middle of saving an import, again and again. Another process goes on, and every row is there once.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.mjs';
import { signedIn } from '../support/person.mjs';
import { Postgres } from '../support/postgres.mjs';
import { kPilar } from '../support/server.mjs';
import { Pilar, makeFolder, removeFolder } from './support.mjs';

const kKills = 4;
const dotted = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, '\\.');

const asSari = (pilar) => signedIn(pilar.url, 'sari', 'melati di pagi hari');

/** Visits of days and units, each row of its own key. */
function visits(count) {
  const rows = ['No Kunjungan;Tanggal;Rawat Jalan;Rawat Inap'];
  for (let i = 1; i <= count; ++i) rows.push(`K${i};${String(1 + (i % 28)).padStart(2, '0')}/0${1 + (i % 9)}/2025;${i};0`);
  return `${rows.join('\r\n')}\r\n`;
}

/** So many rows that saving them outlasts several looks at the store. */
async function killWhileSaving(pilar, t, count) {
  t.after(() => pilar.process.kill('SIGKILL')); // also when an assertion fails
  await pilar.start();
  execFileSync(kPilar, ['user', 'add', 'sari', '--role', 'ketua_tim_mutu', '--place', 'f1', '--name', 'Sari', '--data', pilar.folder, '--database', pilar.database, '--password', 'melati di pagi hari'], {
    encoding: 'utf8' });
  let sari = await asSari(pilar);
  const href = await sari.post('/impor', { tempat: 'f1', berkas: [new Blob([visits(count)], { type: 'text/csv' }), 'kunjungan.csv'] });
  await sari.post(href, { aksi: 'periksa', instrumen: 'kunjungan-bulanan', faskes: 't:f1', waktu: 'k:Tanggal', kunci: 'No Kunjungan',
    'butir.rawat_jalan': 'k:Rawat Jalan', 'butir.rawat_inap': 'k:Rawat Inap' });
  await eventually('the file is checked', async () => new RegExp(`Simpan ${dotted(count)} baris`).test(await sari.get(href)));
  await sari.post(`${href}/simpan`, { ubah: 'ya' }, href);
  let midway = 0;
  for (let kill = 0; kill < kKills; ++kill) {
    await eventually('rows are being saved', () => pilar.check().ids.size > midway, 60_000);
    await sleep(100);
    await pilar.kill();
    const { ids, wrong } = pilar.check();
    assert.equal(wrong, '', `after kill ${kill + 1}`);
    if (ids.size < count) midway = ids.size;
    await pilar.start();
    sari = await asSari(pilar);
  }
  assert.ok(midway > 0, 'some kill met the import on its way');
  await eventually('the import is saved', async () => /Isiannya sudah ikut dihitung/.test(await sari.get(href)), 120_000);
  const { ids, wrong } = pilar.check();
  assert.equal(wrong, '');
  assert.equal(ids.size, count, 'every row once');
  const page = await sari.get('/impor');
  assert.match(page, new RegExp(`${dotted(count)} baru, 0 berubah, 0 sama, 0 ditolak`), 'counted once, however often it was cut off');
  t.diagnostic(`${kKills} kills`);
  await pilar.stop();
}

// Side by side: most of the time each waits until the dead process's lease on the job runs out.
describe('an import goes on after a kill', { concurrency: true }, () => {
  test('SQLite: an import goes on after a kill, and nothing is there twice', async (t) => {
    const folder = makeFolder();
    t.after(() => removeFolder(folder));
    await killWhileSaving(Pilar.make(folder), t, 25_000);
  });

  test('PostgreSQL: an import goes on after a kill, and nothing is there twice', async (t) => {
    const folder = makeFolder();
    t.after(() => removeFolder(folder));
    const postgres = await Postgres.make();
    t.after(() => postgres.end());
    await killWhileSaving(Pilar.make(folder, postgres.url), t, 6000);
  });
});
