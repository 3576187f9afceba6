// The verifier of exported audit trails, on a good export and on each way to tamper with it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { verify } from '../../tools/verify-audit.mjs';

const folder = mkdtempSync(join(tmpdir(), 'pilar-audit-'));
after(() => rmSync(folder, { recursive: true, force: true }));

// Line 1 and its hash are the worked example of docs/audit-format.md; line 2 was computed with Python's hashlib.
const kFirst = { facility: 7, seq: 1, at: 1700000000000000, actor: 'cli', action: 'record.add', subject: 'record:x', detail: '', hash: '5a1d695aac59c9e50811694fa6e592043ccb6990bfd1579ef98a37cf1a598834' };
const kSecond = { facility: 7, seq: 2, at: 1700000000000001, actor: 'account:1', action: 'record.void', subject: 'record:x', detail: '{"revision":2}', hash: 'd4517752d33bc38ef9587c64501176fc783bd849538148b231fd98ad177d8e2c' };
const kHead = { head: 'pilar-audit-1', facility: 7, seq: 2, hash: kSecond.hash };

let files = 0;
function write(...objects) {
  const file = join(folder, `${++files}.jsonl`);
  writeFileSync(file, objects.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return file;
}
const wrongIn = async (objects, heads) => (await verify(write(...objects), heads && write(...heads))).wrong;

test('a good export has nothing wrong', async () => {
  const { wrong, lines, trails } = await verify(write(kFirst, kSecond, kHead), write({ head: 'pilar-audit-1', facility: 7, seq: 1, hash: kFirst.hash }));
  assert.deepEqual({ wrong, lines, trails }, { wrong: [], lines: 2, trails: 1 });
  assert.deepEqual(await wrongIn([{ head: 'pilar-audit-1', facility: 3, seq: 0, hash: '0'.repeat(64) }]), [], 'an empty trail');
});
for (const field of ['at', 'actor', 'action', 'subject', 'detail', 'hash'])
  test(`another ${field} is found`, async () => {
    assert.match((await wrongIn([kFirst, { ...kSecond, [field]: field === 'at' ? 5 : 'x' }, kHead]))[0], /line 2 is not what was written/);
  });
test('a line that is missing, moved or added is found', async () => {
  assert.match((await wrongIn([kSecond, kHead]))[0], /line 1 /);
  assert.match((await wrongIn([kSecond, kFirst, kHead]))[0], /line 1 /);
  assert.match((await wrongIn([kFirst, kSecond, kSecond, kHead]))[0], /line 3 /);
});
test('a tail that was cut off is found by the head, and without one', async () => {
  assert.match((await wrongIn([kFirst, kHead]))[0], /tail after line 1/);
  assert.match((await wrongIn([kFirst, kSecond]))[0], /ends without its head/);
});
test('a trail that was cut or written again, head and all, is found by a head kept elsewhere', async () => {
  const cut = [kFirst, { ...kHead, seq: 1, hash: kFirst.hash }];
  assert.deepEqual(await wrongIn(cut), []);
  assert.match((await wrongIn(cut, [kHead]))[0], /line 2 was there when its head was kept/);
  assert.match((await wrongIn([kFirst, kSecond, kHead], [{ ...kHead, hash: 'a'.repeat(64) }]))[0], /differs from the head that was kept/);
});
test('what is no export is refused', async () => {
  const file = join(folder, 'bad.jsonl');
  writeFileSync(file, 'no json\n');
  await assert.rejects(verify(file), /bad.jsonl:1/);
});
