// Bad input over HTTP: each refusal is an RFC 9457 body in both languages that names the field, and nothing of it is kept.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { eventually } from '../support/eventually.mjs';
import { signedIn } from '../support/person.mjs';
import { kPilar } from '../support/server.mjs';
import { Pilar, makeFolder, newRecord, removeFolder } from './support.mjs';

let folder, pilar;
before(async () => {
  folder = makeFolder();
  pilar = Pilar.make(folder);
  await pilar.start();
});
after(async () => {
  await pilar.stop();
  const { ids, wrong } = pilar.check();
  removeFolder(folder);
  assert.equal(wrong, '');
  assert.equal(ids.size, 0, 'nothing refused is kept');
});

// A body that is not read at all is refused before anybody looks at the address, so the header says the language too.
const kInEnglish = { path: '/api/v1/records?bahasa=en', language: 'en' };
const answers = (changes) => ({ ...newRecord(), answers: { nilai: 4, ...changes } });
const visits = (rawat_jalan) => ({ ...newRecord(), instrument: 'kunjungan-bulanan', answers: { rawat_jalan, rawat_inap: 0 } });
const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
const latin1 = Buffer.from(JSON.stringify(answers({ pesan: 'terlambat naïf' })), 'latin1');

// what, what is sent, status, field, words in Indonesian and English
const kRefusals = [
  ['wrong type of an answer', answers({ nilai: 'bagus sekali' }), 422, 'answers.nilai', /bukan pilihan yang ada/, /not one of the choices/],
  ['an object as an answer', answers({ nilai: { a: 1 } }), 422, 'answers.nilai', /Jawaban ini bukan teks/, /This answer is no text/],
  ['text for a number', visits('banyak'), 422, 'answers.rawat_jalan', /bukan angka/, /is not a number/],
  ['below the range', visits(-1), 422, 'answers.rawat_jalan', /Paling kecil 0/, /At least 0/],
  ['above the range', visits(1_000_001), 422, 'answers.rawat_jalan', /Paling besar 1000000/, /At most 1000000/],
  ['beyond any number', visits('9'.repeat(400)), 422, 'answers.rawat_jalan', /./, /./],
  ['wrong type of a key', { ...newRecord(), facility: 7 }, 422, 'facility', /harus berupa teks/, /must be a text/],
  ['no answer to a required item', { ...newRecord(), answers: {} }, 422, 'answers.nilai', /Pilih satu jawaban/, /Choose one answer/],
  ['no answers at all', { ...newRecord(), answers: undefined }, 422, 'answers', /belum ada/, /is missing/],
  ['an unknown item', answers({ nilia: 3 }), 422, 'answers.nilia', /./, /./],
  ['an unknown unit', { ...newRecord(), unit: 'bedah-saraf' }, 422, 'unit', /tidak ada di/, /There is no unit/],
  ['an unknown facility', { ...newRecord(), facility: 'f999' }, 422, 'facility', /tidak dikenal/, /is not known/],
  ['an unknown instrument', { ...newRecord(), instrument: 'kesan' }, 422, 'instrument', /tidak dikenal/, /is not known/],
  ['an unknown key', { ...newRecord(), fasilitas: 'f1' }, 422, 'fasilitas', /tidak dikenal/, /is not known/],
  ['a time in the future', { ...newRecord(), at: tomorrow }, 422, 'at', /masa depan/, /in the future/],
  ['an answer that has not happened', { ...newRecord(), instrument: 'laboratorium', answers: { jenis: 'darah', diterima: tomorrow } }, 422, 'answers.diterima', /masa depan/, /in the future/],
  ['a time that is none', { ...newRecord(), at: 'kemarin' }, 422, 'at', /./, /./],
  ['an id that is none', { ...newRecord(), id: '1; DROP TABLE record' }, 422, 'id', /bukan UUID/, /not a UUID/],
  ['10 MB of text', answers({ pesan: 'a'.repeat(10 << 20) }), 422, 'answers.pesan', /Teks terlalu panjang/, /text is too long/],
  ['another encoding', latin1, 422, '', /bukan JSON yang benar/, /not correct JSON/],
  ['half of it', JSON.stringify(newRecord()).slice(0, 80), 422, '', /bukan JSON yang benar/, /not correct JSON/],
  ['nothing', '', 422, '', /bukan JSON yang benar/, /not correct JSON/],
  ['a list', [newRecord()], 422, '', /harus ada objek/, /object is needed/],
  ['a key twice', '{"facility":"f1","facility":"f2"}', 422, '', /bukan JSON yang benar/, /not correct JSON/],
  ['20 MB', 'a'.repeat(20 << 20), 413, '', /terlalu besar/, /too large/],
];

function assertProblem(answer, status, field, words) {
  assert.equal(answer.status, status, answer.text.slice(0, 300));
  assert.equal(answer.type, 'application/problem+json');
  const body = JSON.parse(answer.text);
  assert.equal(body.type, 'about:blank');
  assert.ok(body.title);
  assert.equal(body.status, status);
  const found = body.errors.find((error) => error.field === field);
  assert.ok(found, `an error at "${field}" in ${answer.text.slice(0, 300)}`);
  assert.match(found.message, words);
  assert.ok(answer.text.length < 4000, 'what was sent does not come back');
}

for (const [what, record, status, field, indonesian, english] of kRefusals)
  test(what, async () => {
    assertProblem(await pilar.post(record), status, field, indonesian);
    assertProblem(await pilar.post(record, kInEnglish), status, field, english);
  });

test('a token that is forged, cut or absent', async () => {
  const { token } = pilar;
  const forged = token.slice(0, -1) + (token.endsWith('a') ? 'b' : 'a');
  for (const one of [forged, token.slice(0, -4), 'x'.repeat(200), '']) {
    const id = await pilar.post(newRecord(), { token: one });
    assertProblem(id, 401, 'authorization', /token API/);
    assert.equal(id.headers['www-authenticate'], 'Bearer');
    assertProblem(await pilar.post(newRecord(), { ...kInEnglish, token: one }), 401, 'authorization', /API token/);
  }
});

test('several faults are told together', async () => {
  const { errors } = JSON.parse((await pilar.post({ ...answers({ nilai: 9, penjamin: 'siapa' }), unit: 'x', at: tomorrow })).text);
  assert.deepEqual(errors.map(({ field }) => field).sort(), ['answers.nilai', 'answers.penjamin', 'at', 'unit']);
});

/** Sends the head of an upload and half of its file, then breaks the line: `how` closes the socket. */
async function sendHalf(person, file, how) {
  const csrf = /name="csrf" value="([^"]+)"/.exec(await person.get('/impor'))[1];
  const field = (name, more, content) => `--batas\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`;
  const body = `${field('csrf', '', csrf)}${field('tempat', '', 'f1')}${field('berkas', '; filename="putus.csv"', file)}--batas--\r\n`;
  const head = ['POST /impor HTTP/1.1', `Host: 127.0.0.1:${pilar.port}`, `Cookie: ${person.headers.Cookie}`,
    'Content-Type: multipart/form-data; boundary=batas', `Content-Length: ${Buffer.byteLength(body)}`, '', ''].join('\r\n');
  const socket = connect(pilar.port, '127.0.0.1').on('error', () => {});
  await new Promise((resolve) => socket.write(head + body.slice(0, body.length / 2), resolve));
  socket[how]();
  await new Promise((resolve) => (socket.closed ? resolve() : socket.once('close', resolve)));
}

test('a connection lost in the middle of bringing a file leaves nothing behind, and the same file comes in afterwards', async () => {
  execFileSync(kPilar, ['user', 'add', 'sari', '--role', 'ketua_tim_mutu', '--place', 'f1', '--name', 'Sari', '--data', pilar.folder, '--database', pilar.database, '--password', 'melati di pagi hari'], { encoding: 'utf8' });
  const sari = await signedIn(pilar.url, 'sari', 'melati di pagi hari');
  const row = '31/10/2025;120;3\r\n';
  for (const rows of [10, 100_000]) // held in memory, and laid on the disk
    for (const how of ['destroy', 'resetAndDestroy']) await sendHalf(sari, `Tanggal;Rawat Jalan;Rawat Inap\r\n${row.repeat(rows)}`, how);
  assert.doesNotMatch(await sari.get('/impor'), /putus\.csv/);
  await sari.post('/impor', { tempat: 'f1', berkas: [new Blob([`Tanggal;Rawat Jalan;Rawat Inap\r\n${row}`], { type: 'text/csv' }), 'putus.csv'] });
  await eventually('the file is there once', async () => [...(await sari.get('/impor')).matchAll(/>putus\.csv</g)].length === 1);
});
