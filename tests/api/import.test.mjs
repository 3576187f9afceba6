// `pilar import`: checked first, given back with what is wrong, saved, repeated without harm, corrected, undone; with the shipped examples.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { signedIn } from '../support/person.mjs';
import { kPilar } from '../support/server.mjs';
import { kFacility, startApi } from './support.mjs';

const kRoot = fileURLToPath(new URL('../../', import.meta.url));
let api;
before(async () => { api = await startApi(); });
after(() => api.stop());

/** {code, said: what it printed as JSON}. */
function run(...words) {
  const { status, stdout, stderr } = spawnSync(kPilar, ['import', ...words, '--data', api.folder, '--json', '--bahasa', 'id'], { cwd: kRoot, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.ok(stdout.startsWith('{'), `${words.join(' ')} -> ${status}: ${stdout}${stderr}`);
  return { code: status, said: JSON.parse(stdout) };
}
function file(name, text) {
  const path = join(api.folder, name);
  writeFileSync(path, text);
  return path;
}
const kProfile = `import: rekap
instrument: kunjungan-bulanan
key: [Tanggal]
facility: {fixed: ${kFacility}}
at: {column: Tanggal}
items: {rawat_jalan: Rawat Jalan, rawat_inap: Rawat Inap}
`;
const rows = (...more) => ['Tanggal;Rawat Jalan;Rawat Inap', ...more, ''].join('\r\n');
const total = (said) => ['rows', 'added', 'changed', 'repeated', 'left_out', 'refused'].map((name) => said[name]);

test('the examples are good from the first row to the last', () => {
  for (const [name, profile, count] of [['p-care/kunjungan', 'p-care/kunjungan', 40], ['antrean-online/antrean', 'antrean-online/antrean', 60]]) {
    const { code, said } = run(`examples/${name}.csv`, '--profile', `examples/${profile}.yaml`, '--dry-run');
    assert.deepEqual([code, said.written, said.rows, said.good], [0, false, count, count], JSON.stringify(said.faults.slice(0, 3)));
  }
});

test('places that are not known are made when a file is saved, and not when it is only checked', () => {
  const profile = file('baru.yaml', kProfile.replace(`{fixed: ${kFacility}}`, '{column: Kode}'));
  const path = file('baru.csv', 'Kode;Tanggal;Rawat Jalan;Rawat Inap\r\nuji-baru;31/01/2020;12;1\r\n');
  const wanted = [path, '--profile', profile, '--create-places', 'Wilayah Uji'];
  const is_there = () => api.pilar('places', 'export').includes('uji-baru');
  const checked = run(...wanted, '--dry-run');
  assert.deepEqual([checked.code, checked.said.written, ...total(checked.said), is_there()], [3, false, 1, 0, 0, 0, 0, 1, false]);
  const saved = run(...wanted);
  assert.deepEqual([saved.code, saved.said.written, ...total(saved.said), is_there()], [0, true, 1, 1, 0, 0, 0, 0, true]);
});

test('a file of places that cannot be taken says where and why', () => {
  const path = file('tempat.csv', 'kode;nama;jenis;tipe;induk\r\n;Puskesmas Tanpa Kode;;;\r\n');
  const { status, stdout } = spawnSync(kPilar, ['places', 'import', path, '--data', api.folder, '--bahasa', 'id'], { encoding: 'utf8' });
  assert.equal(status, 3);
  assert.match(stdout, /baris 2: kode: Isi /);
});

test('a file is checked, mended, saved, brought again, corrected and undone', () => {
  const profile = file('rekap.yaml', kProfile);
  const answers = join(api.folder, 'perbaiki.csv');
  const first = file('a.csv', rows('28/02/2020;1.120;3', '31/01/2020;99;x', '31/03/2020;80;1', ';;'));
  const refused = run(first, '--profile', profile, '--answers', answers);
  assert.deepEqual([refused.code, refused.said.written, ...total(refused.said)], [3, false, 3, 2, 0, 0, 0, 1]);
  assert.deepEqual([refused.said.faults[0].line, refused.said.faults[0].cell, refused.said.faults[0].column], [3, 'C3', 'Rawat Inap']);
  assert.match(readFileSync(answers, 'utf8'), /^31\/01\/2020;99;x;Rawat Inap \(C3\): “x” bukan angka\. /m, 'why, and how to mend it');

  const saved = run(first, '--profile', profile, '--good-only');
  assert.deepEqual([saved.code, saved.said.written, ...total(saved.said)], [3, true, 3, 2, 0, 0, 0, 1]);
  const mended = run(file('b.csv', rows('28/02/2020;1.120;3', '31/01/2020;99;7', '31/03/2020;80;1')), '--profile', profile);
  assert.deepEqual([mended.code, ...total(mended.said)], [0, 3, 1, 0, 2, 0, 0]);
  const other = file('c.csv', rows('28/02/2020;1.130;3', '31/01/2020;99;7', '31/03/2020;80;1'));
  assert.deepEqual(total(run(other, '--profile', profile, '--new-only').said), [3, 0, 0, 2, 1, 0], 'what is there is left as it is');
  assert.deepEqual(total(run(other, '--profile', profile).said), [3, 0, 1, 2, 0, 0]);
  assert.deepEqual(total(run(other, '--profile', profile).said), [3, 0, 0, 3, 0, 0], 'the same file changes nothing');

  const { code, said } = run('--undo', saved.said.import);
  assert.equal(code, 0);
  assert.deepEqual(said, { voided: 1, restored: 0, kept: 1 }, 'what was corrected since is left alone');
});

test('a profile that was brought to the facility is used by its name', async () => {
  api.pilar('user', 'add', 'uji-impor', '--role', 'ketua_tim_mutu', '--place', kFacility, '--name', 'Uji Impor', '--password', 'melati di pagi hari');
  const person = await signedIn(api.url, 'uji-impor', 'melati di pagi hari');
  await person.post('/impor/profil/bawa', { tempat: kFacility, sebagai: 'Rekap bulanan', berkas: [new Blob([kProfile]), 'rekap.yaml'] }, `/impor/profil?tempat=${kFacility}`);
  const { code, said } = run(file('d.csv', rows('30/04/2020;5;1')), '--profile', 'Rekap bulanan', '--dry-run');
  assert.deepEqual([code, said.added], [0, 1]);
});
