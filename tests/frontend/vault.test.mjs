// What a device keeps, and from whom.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { install } from './database.mjs';
import { load } from './support.mjs';

const database = install();
const { Vault } = await load('vault');
const { after, isDue } = await load('queue');

const key = (byte) => Buffer.alloc(32, byte).toString('base64url');
const content = (words) => ({ title: 'Lapor', where: 'Puskesmas Melati', path: '/isi/lapor', page: '/isi/lapor?tempat=melati', fields: `catatan=${words}`, draftTurn: 0, refusals: [] });
const rows = () => [...database.stores.get('entries').rows.values()];
const seen = (row) => JSON.stringify({ ...row, iv: undefined, sealed: Buffer.from(row.sealed).toString('latin1') });

test('without its key nothing is kept; with it only sealed, and read again after the browser was closed', async () => {
  const vault = await Vault.open();
  assert.equal(await vault.keep('a', '7', 'waiting', content('rahasia')), false);
  await vault.takeKey('7', key(1));
  assert.equal(await vault.keep('a', '7', 'waiting', content('rahasia')), true);
  assert.doesNotMatch(seen(rows()[0]), /rahasia|Lapor|Melati/);
  const opened = await Vault.open();
  const [entry] = await opened.of('7');
  assert.equal((await opened.read(entry)).fields, 'catatan=rahasia');
  assert.deepEqual(await opened.of('8'), []);
});

test('after signing out nobody reads it, another person neither, and its own person again', async () => {
  const vault = await Vault.open();
  await vault.forgetKeys();
  const entry = await vault.find('a');
  assert.equal(await vault.read(entry), null);
  await vault.takeKey('8', key(2));
  assert.equal(await vault.read({ ...entry, account: '8' }), null, 'a key of another account does not open it');
  await vault.takeKey('7', key(1));
  await vault.forgetKeys('7');
  assert.equal(await vault.hasKey('8'), false);
  assert.equal((await vault.read(entry)).fields, 'catatan=rahasia');
});

test('a key that is there stays, so that what it sealed can be opened', async () => {
  const vault = await Vault.open();
  await vault.takeKey('7', key(9));
  assert.equal((await vault.read(await vault.find('a'))).title, 'Lapor');
});

test('an answer to an older text does not touch the newer one', async () => {
  const vault = await Vault.open();
  const before = await vault.find('a');
  await vault.keep('a', '7', 'waiting', content('lebih baru'));
  const taken = { kind: 'taken', receipt: { id: 'a', at: 'kini', href: '' } };
  await vault.settle(before, after(before, content('rahasia'), taken, 5, 0));
  const entry = await vault.find('a');
  assert.equal(entry.state, 'waiting');
  assert.equal((await vault.read(entry)).fields, 'catatan=lebih baru');
  await vault.settle(entry, after(entry, null, { kind: 'later' }, 5, 0));
  const tried = await vault.find('a');
  assert.equal(tried.tries, 1);
  assert.equal((await vault.read(tried)).fields, 'catatan=lebih baru', 'a failed try changes nothing that is sealed');
  await vault.settle(tried, after(tried, await vault.read(tried), taken, 6, 0));
  const sent = await vault.find('a');
  assert.equal(sent.state, 'sent');
  assert.equal((await vault.read(sent)).fields, '');
});

test('one form is deleted and taken back, the others stay', async () => {
  const vault = await Vault.open();
  await vault.keep('b', '7', 'draft', content('dua'));
  const entry = await vault.find('b');
  await vault.remove('b');
  assert.deepEqual((await vault.of('7')).map(({ id }) => id), ['a']);
  await vault.restore(entry);
  assert.equal((await vault.read(await vault.find('b'))).fields, 'catatan=dua');
});

test('what was held back to be undone is let go for whichever page sends next; what was sent stays as it is', async () => {
  const vault = await Vault.open();
  await vault.keep('c', '7', 'waiting', content('tiga'), 60_000);
  assert.ok((await vault.find('c')).hold > Date.now());
  const sent = await vault.find('a');
  await vault.release(['a', 'c', 'unknown']);
  const entry = await vault.find('c');
  assert.equal(entry.hold, 0);
  assert.equal(isDue(entry, Date.now(), 'online'), true);
  assert.equal((await vault.read(entry)).fields, 'catatan=tiga');
  assert.deepEqual(await vault.find('a'), sent);
});
