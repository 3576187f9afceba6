// The server is killed in the middle of saving an import, again and again. Another process goes on, and every row is there once.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { kPilar } from '../support/server.mjs';
import { Pilar, Postgres, eventually, makeFolder, removeFolder } from './support.mjs';

const kKills = 4;
const dotted = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, '\\.');

const cookieOf = (reply) => /pilar_sesi=([^;]+)/.exec(String(reply.headers['set-cookie']))[1];
const formOf = (fields) => new URLSearchParams(fields).toString();

/** Somebody who is signed in, as a browser without a script. */
class Person {
  static async signIn(pilar, login, password) {
    const one = new Person();
    one.pilar = pilar;
    const body = formOf({ login, password });
    const reply = await pilar.ask('POST', '/masuk', body, { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) });
    assert.equal(reply.status, 303, reply.text);
    one.cookie = `pilar_sesi=${cookieOf(reply)}`;
    return one;
  }
  get(path) {
    return this.pilar.ask('GET', path, undefined, { Cookie: this.cookie });
  }
  async post(path, fields, from = path) {
    const page = await this.get(from);
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)[1];
    const version = /name="version" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const body = formOf({ csrf, version, ...fields });
    return this.pilar.ask('POST', path, body, { Cookie: this.cookie, 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) });
  }
  /** Brings a file; the import's address. */
  async bring(text) {
    const csrf = /name="csrf" value="([^"]+)"/.exec((await this.get('/impor')).text)[1];
    const part = (name, value) => `--batas\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const body = Buffer.from(
      `${part('csrf', csrf)}${part('tempat', 'f1')}--batas\r\nContent-Disposition: form-data; name="berkas"; filename="kunjungan.csv"\r\n` +
        `Content-Type: text/csv\r\n\r\n${text}\r\n--batas--\r\n`);
    const reply = await this.pilar.ask('POST', '/impor', body, { Cookie: this.cookie, 'Content-Type': 'multipart/form-data; boundary=batas', 'Content-Length': body.length });
    assert.equal(reply.status, 303, reply.text);
    return reply.headers.location;
  }
}

/** Visits of days and units, each row of its own key. */
function visits(count) {
  const rows = ['No Kunjungan;Tanggal;Rawat Jalan;Rawat Inap'];
  for (let i = 1; i <= count; ++i) rows.push(`K${i};${String(1 + (i % 28)).padStart(2, '0')}/0${1 + (i % 9)}/2025;${i};0`);
  return `${rows.join('\r\n')}\r\n`;
}

/** So many rows that saving them outlasts several looks at the store. */
async function killWhileSaving(pilar, t, count) {
  await pilar.start();
  const said = execFileSync(kPilar, ['user', 'add', 'sari', '--role', 'ketua_tim_mutu', '--place', 'f1', '--name', 'Sari', '--data', pilar.folder, '--database', pilar.database, '--password', 'melati di pagi hari'], {
    encoding: 'utf8' });
  assert.ok(said !== undefined);
  let sari = await Person.signIn(pilar, 'sari', 'melati di pagi hari');
  const href = await sari.bring(visits(count));
  assert.equal((await sari.post(href, { aksi: 'periksa', instrumen: 'kunjungan-bulanan', faskes: 't:f1', waktu: 'k:Tanggal', kunci: 'No Kunjungan',
    'butir.rawat_jalan': 'k:Rawat Jalan', 'butir.rawat_inap': 'k:Rawat Inap' })).status, 303);
  await eventually('the file is checked', async () => new RegExp(`Simpan ${dotted(count)} baris`).test((await sari.get(href)).text));
  assert.equal((await sari.post(`${href}/simpan`, { ubah: 'ya' }, href)).status, 303);
  let midway = 0;
  for (let kill = 0; kill < kKills; ++kill) {
    await eventually('rows are being saved', () => pilar.check().ids.size > midway, 60_000);
    await sleep(100);
    await pilar.kill();
    const { ids, wrong } = pilar.check();
    assert.equal(wrong, '', `after kill ${kill + 1}`);
    if (ids.size < count) midway = ids.size;
    await pilar.start();
    sari = await Person.signIn(pilar, 'sari', 'melati di pagi hari');
  }
  assert.ok(midway > 0, 'some kill met the import on its way');
  await eventually('the import is saved', async () => /Isiannya sudah ikut dihitung/.test((await sari.get(href)).text), 120_000);
  const { ids, wrong } = pilar.check();
  assert.equal(wrong, '');
  assert.equal(ids.size, count, 'every row once');
  const page = (await sari.get('/impor')).text;
  assert.match(page, new RegExp(`${dotted(count)} baru, 0 berubah, 0 sama, 0 ditolak`), 'counted once, however often it was cut off');
  t.diagnostic(`${kKills} kills`);
  await pilar.stop();
}

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
