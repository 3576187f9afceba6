// What becomes of a form that waits on a device, and which pages are kept beside it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './support.mjs';

const { after, begunAt, countOf, delayAfter, isDue, isOver, keptEntry, outcomeOf, uuid7, wakeAfter } = await load('queue');
const { asKept, assetsIn, isStale, keptAddress, leadsToQueue } = await load('keeper');
const { countWords } = await load('tally');
const { exported } = await load('queue_page');

const kNow = 1_795_219_200_000;
const kId = '019f0000-0000-7000-8000-000000000001';
const content = { title: 'Ronde', where: 'Puskesmas Melati', path: '/isi/ronde', page: '/isi/ronde?tempat=melati', fields: '_id=x&profesi=perawat', draftTurn: 0, refusals: [] };
const waiting = (more = {}) => ({ ...keptEntry(kId, '7', 'waiting', kNow), ...more });

test('a number carries its time, its version and nothing else that is known', () => {
  const id = uuid7(kNow, new Uint8Array(10).fill(255));
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(begunAt(id), kNow);
  assert.equal(uuid7(kNow, new Uint8Array(10)).slice(14), '7000-8000-000000000000');
  assert.ok(uuid7(kNow, new Uint8Array(10).fill(255)) < uuid7(kNow + 1, new Uint8Array(10)), 'later ones sort behind');
});

test('each failure doubles the wait, up to five minutes and never in step with others', () => {
  assert.equal(delayAfter(1, 0), 500);
  assert.ok(delayAfter(1, 0.999) < 1000);
  assert.equal(delayAfter(4, 0), 4000);
  assert.equal(delayAfter(30, 0), 150_000);
  assert.ok(delayAfter(1000, 0.999) <= 300_000);
});

test('what failed waits its time, is tried at once when the network is back, and when somebody asks', () => {
  const failed = after(waiting(), content, { kind: 'later' }, kNow, 0);
  assert.equal(failed.entry.state, 'waiting');
  assert.equal(failed.entry.tries, 1);
  assert.equal(failed.content, null, 'what is sealed stays as it is');
  assert.equal(isDue(failed.entry, kNow, 'time'), false);
  assert.equal(isDue(failed.entry, kNow + 500, 'time'), true);
  assert.equal(isDue(failed.entry, kNow, 'online'), true);
  const twice = after(failed.entry, null, { kind: 'later' }, kNow, 0);
  assert.equal(twice.entry.next, kNow + 1000);
});

test('a press that can be undone is not sent behind its back, but when somebody asks', () => {
  const held = keptEntry(kId, '7', 'waiting', kNow, undefined, 60_000);
  assert.equal(isDue(held, kNow + 59_999, 'online'), false);
  assert.equal(isDue(held, kNow + 60_000, 'time'), true);
  assert.equal(isDue(held, kNow, 'asked'), true);
  assert.equal(wakeAfter([held], kNow), 60_000);
});

test('what the server took keeps a receipt and no answers, for a week', () => {
  const receipt = { id: kId, at: '21 November 2026 07.00 WIB', href: '/catatan/ronde/x' };
  const sent = after(waiting({ tries: 3 }), content, outcomeOf('basic', 201, { id: kId, repeated: false, at: receipt.at, href: receipt.href }, ''), kNow, 0);
  assert.deepEqual(sent.entry.receipt, receipt);
  assert.equal(sent.content.fields, '');
  assert.equal(isDue(sent.entry, kNow + 1e9, 'asked'), false, 'never sent again');
  assert.deepEqual(countOf([sent.entry, waiting()]), { waiting: 1, refused: 0 });
  assert.equal(isOver(sent.entry, kNow + 6 * 86_400_000), false);
  assert.equal(isOver(sent.entry, kNow + 8 * 86_400_000), true);
  assert.equal(wakeAfter([sent.entry], kNow), null);
  const again = outcomeOf('basic', 200, { id: kId, repeated: true, at: receipt.at, href: '' }, '');
  assert.equal(again.kind, 'taken', 'the same record once more is one record');
});

test('what the server refused is not tried again, and keeps its words and its answers', () => {
  const problems = [{ field: 'profesi', label: 'Profesi', words: 'Pilih satu jawaban.' }];
  const refused = after(waiting(), content, outcomeOf('basic', 422, { problems }, ''), kNow, 0);
  assert.equal(refused.entry.state, 'refused');
  assert.deepEqual(refused.content.refusals, problems);
  assert.equal(refused.content.fields, content.fields);
  assert.equal(isDue(refused.entry, kNow, 'asked'), false);
  assert.deepEqual(countOf([refused.entry]), { waiting: 0, refused: 1 });
  const mended = keptEntry(kId, '7', 'waiting', kNow + 1, refused.entry);
  assert.equal(mended.turn, refused.entry.turn + 1);
  assert.equal(isDue(mended, kNow + 1, 'time'), true);
  assert.deepEqual(outcomeOf('basic', 413, null, 'tanpa sebab (#)'), { kind: 'refused', refusals: [{ field: '', label: '', words: 'tanpa sebab (413)' }] });
});

test('an ended session, a busy server and a missing network lose nothing', () => {
  assert.deepEqual(outcomeOf('opaqueredirect', 0, null, ''), { kind: 'signed-out' });
  for (const status of [500, 502, 503, 429]) assert.deepEqual(outcomeOf('basic', status, null, ''), { kind: 'later' });
  assert.deepEqual(after(waiting(), content, { kind: 'signed-out' }, kNow, 0), { entry: waiting(), content: null });
  assert.deepEqual(outcomeOf('basic', 200, null, ''), { kind: 'later' }, 'a page that is no answer of ours, as of a hotel');
});

test('a draft goes once the server keeps it, or has its record', () => {
  const draft = keptEntry(kId, '7', 'draft', kNow);
  assert.equal(after(draft, content, outcomeOf('basic', 200, { turn: 3, at: '07.00' }, ''), kNow, 0), null);
  assert.equal(after(draft, content, outcomeOf('basic', 409, { problem: 'Sudah tersimpan.', sent: true }, ''), kNow, 0), null);
  const elsewhere = after(draft, content, outcomeOf('basic', 409, { problem: 'Diubah di perangkat lain.', sent: false }, ''), kNow, 0);
  assert.equal(elsewhere.entry.state, 'refused');
  assert.equal(elsewhere.content.refusals[0].words, 'Diubah di perangkat lain.');
});

test('a form is kept under its instrument and its place, and nothing else is kept', () => {
  const kept = (path) => keptAddress(new URL(path, 'https://pilar.test'));
  assert.equal(kept('/isi/ronde?tempat=melati&tersimpan=x&instrumen=ronde'), '/isi/ronde?tempat=melati');
  assert.equal(kept('/isi/kebersihan-tangan/hitung?tempat=melati'), '/isi/kebersihan-tangan/hitung?tempat=melati');
  assert.equal(kept('/isi/ronde'), '/isi/ronde');
  assert.equal(kept('/antrean?bahasa=en'), '/antrean');
  for (const other of ['/isi', '/isi/ronde/banyak', '/beranda', '/s/abc', '/catatan/ronde', '/antrean/sesi', '/isi/ronde?tempat=melati&draf=x']) assert.equal(kept(other), null, other);
  for (const path of ['/beranda', '/isi', '/isi/ronde', '/antrean']) assert.equal(leadsToQueue(path), true, path);
  for (const path of ['/s/abc', '/masuk', '/antrean/sesi', '/catatan/ronde', '/isian']) assert.equal(leadsToQueue(path), false, path);
});

test('a page brings its files along, and a style its typeface', () => {
  assert.deepEqual(assetsIn('<link rel="stylesheet" href="/assets/staff.A.css"><script defer src="/assets/entry.B.js"></script><a href="/isi">'), ['/assets/staff.A.css', '/assets/entry.B.js']);
  assert.deepEqual(assetsIn('@font-face{src:url("./inter.C.woff2")}i{background:url("data:image/svg+xml,x")}b{src:url(./inter.C.woff2)}'), ['/assets/inter.C.woff2']);
  assert.equal(asKept('<form class="entry-form" data-fresh>'), '<form class="entry-form" data-fresh data-old>');
});

test('a page of another build, or of yesterday, is kept anew', () => {
  const page = { text: '<script defer src="/assets/entry.B.js">', at: kNow };
  assert.equal(isStale(page, '/assets/entry.B.js', kNow + 3_600_000), false);
  assert.equal(isStale(page, '/assets/entry.C.js', kNow), true);
  assert.equal(isStale(page, '/assets/entry.B.js', kNow + 86_400_000), true);
});

test('few opportunities are called few, and none have no percentage', () => {
  const told = { few: 30, words: { nothing: 'Belum ada.', fewCount: '{0} dari {1}: {2}, baru sedikit', count: '{0} dari {1}: {2}' } };
  assert.equal(countWords(told, 'id', 0, 0), 'Belum ada.');
  assert.equal(countWords(told, 'id', 9, 7), '7 dari 9: 77,8%, baru sedikit');
  assert.equal(countWords(told, 'en', 29, 29), '29 dari 29: 100.0%, baru sedikit');
  assert.equal(countWords(told, 'id', 30, 0), '0 dari 30: 0,0%');
});

test('a form in a file can be read without Pilar', () => {
  const told = JSON.parse(exported(waiting(), content));
  assert.deepEqual(told.fields, [['_id', 'x'], ['profesi', 'perawat']]);
  assert.equal(told.id, kId);
  assert.equal(told.state, 'waiting');
  assert.equal(told.changed, '2026-11-21T00:00:00.000Z');
});
