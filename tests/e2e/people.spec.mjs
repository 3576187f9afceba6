// How somebody comes in: invited, with a password of her own, with a second factor; and what administrators see of it.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { verify } from '../../tools/verify-audit.mjs';
import { enter, looksRight, openPage, press, stage, visit } from './support.mjs';

const { pilar, browser, ways } = stage({ both: true });

/** The code an authenticator shows for this base32 key (RFC 6238), `steps` of 30 seconds from now. */
function codeOf(key, steps = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replaceAll(' ', '')].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', secret).update(counter).digest();
  return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

for (const { width, pilar, on } of ways)
  test(`a nurse is invited, sets her password, turns on the second factor and signs in with a code, at ${width} px on ${on}`, async () => {
    const login = `niluh${width}`;
    const admin = await openPage(browser, width), nurse = await openPage(browser, width);
    await enter(admin.page, pilar, 'admin');
    await admin.page.goto(`${pilar.url}/undang?cari_tempat=melati`);
    await looksRight(admin.page, admin.faults, 'searching a place');
    await press(admin.page, '.links a');
    await admin.page.fill('[name=name]', 'Ni Luh (contoh)');
    await admin.page.fill('[name=login]', login);
    await press(admin.page, 'main .btn-primary');
    await looksRight(admin.page, admin.faults, 'the invitation');
    const link = await admin.page.textContent('.secret code');

    await nurse.page.goto(link);
    await looksRight(nurse.page, nurse.faults, 'the welcome');
    await nurse.page.fill('[name=password]', 'melati di pagi hari');
    await press(nurse.page, 'main button');
    assert.match(nurse.page.url(), /\/masuk/);
    await nurse.page.fill('[name=login]', login);
    await nurse.page.fill('[name=password]', 'melati di pagi hari');
    await press(nurse.page, 'main button');
    await nurse.page.goto(`${pilar.url}/akun`);
    await looksRight(nurse.page, nurse.faults, 'the account');
    await nurse.page.goto(`${pilar.url}/akun/verifikasi`);
    await looksRight(nurse.page, nurse.faults, 'setting up the second factor');
    const key = await nurse.page.textContent('.secret code');
    await nurse.page.fill('[name=code]', codeOf(key));
    await press(nurse.page, 'main .btn-primary');
    await looksRight(nurse.page, nurse.faults, 'the printed codes');
    assert.equal(await nurse.page.locator('.codes li').count(), 10);
    const printed = await nurse.page.locator('.codes code').first().textContent();
    await nurse.page.goto(`${pilar.url}/akun`);
    await press(nurse.page, 'main form[action="/keluar"] button');

    await nurse.page.fill('[name=login]', login);
    await nurse.page.fill('[name=password]', 'melati di pagi hari');
    await press(nurse.page, 'main button');
    await looksRight(nurse.page, nurse.faults, 'asking for the code');
    await nurse.page.fill('[name=code]', codeOf(key, 1)); // this step's code switched it on
    await press(nurse.page, 'main button');
    await nurse.page.goto(`${pilar.url}/akun`);
    assert.match(await nurse.page.textContent('main'), /Menyala/);
    await press(nurse.page, 'main form[action="/keluar"] button');
    await nurse.page.fill('[name=login]', login);
    await nurse.page.fill('[name=password]', 'melati di pagi hari');
    await press(nurse.page, 'main button');
    await nurse.page.fill('[name=code]', printed);
    await press(nurse.page, 'main button');
    assert.doesNotMatch(nurse.page.url(), /masuk/, 'a printed code stands in for the phone');

    await admin.page.goto(`${pilar.url}/orang/${login}`);
    await looksRight(admin.page, admin.faults, 'the person');
    assert.match(await admin.page.textContent('main'), /menyalakan verifikasi dua langkah/);
    await admin.close();
    await nurse.close();
  });

for (const { width, pilar, on } of ways)
  test(`the pages of people, tokens and the trail are accessible and fit at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'admin');
    for (const path of ['/orang', '/orang?cari=tidak-ada', '/orang/sari', '/orang/sari/peran', '/orang/sari/ubah?apa=tutup', '/undang', '/token', '/jejak', '/jejak?cari_tempat=melati', '/akun/sandi', '/orang?bahasa=en', '/jejak', '/akun']) {
      await visit(page, faults, pilar, path);
    }
    await close();
  });

test('an exported trail of the running server passes the independent check', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pilar-trail-'));
  const trail = join(folder, 'trail.jsonl'), heads = join(folder, 'heads.jsonl');
  writeFileSync(heads, pilar.pilar('audit', 'export', '--heads'));
  writeFileSync(trail, pilar.pilar('audit', 'export'));
  const { wrong, lines } = await verify(trail, heads);
  rmSync(folder, { recursive: true, force: true });
  assert.deepEqual(wrong, []);
  assert.ok(lines > 10);
});
