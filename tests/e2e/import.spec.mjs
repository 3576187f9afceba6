// A file of visits goes from a spreadsheet to the records and back: brought, looked at, checked, mended, saved, undone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { enter, looksRight, openPage, press, stage } from './support.mjs';

const { browser, ways } = stage({ both: true });

/** Waits until the page that asks for itself again has stopped doing so. */
async function untilDone(page, words) {
  for (let tries = 0; tries < 60; ++tries) {
    if (words.test(await page.textContent('main'))) return;
    await page.waitForTimeout(500);
    await page.reload();
  }
  assert.fail(`waited in vain for ${words}`);
}

const file = (width) => ({
  name: `kunjungan-${width}.csv`,
  mimeType: 'text/csv',
  buffer: Buffer.from(`Tanggal;Rawat Jalan;Rawat Inap;Catatan\r\n28/02/2020;1.${String(width).slice(-3)};3;baik\r\n31/01/2020;${width};x;salah\r\n`),
});

for (const { width, pilar, on } of ways)
  test(`a file is brought, read, checked, saved and undone, at ${width} px on ${on}`, async () => {
    const { page, faults } = await openPage(browser, width);
    await enter(page, pilar, 'sari');
    await page.goto(`${pilar.url}/impor`);
    await looksRight(page, faults, 'the door');
    await page.setInputFiles('[name=berkas]', file(width));
    await press(page, 'main .btn-primary');
    assert.match(await page.textContent('main'), /28 Feb 2020/, 'the date as understood');
    await looksRight(page, faults, 'how it is read');
    await page.fill('[name=profil]', `Kunjungan ${width}`);
    await press(page, '[name=aksi][value=simpan]');
    assert.match(await page.textContent('body'), /Profil tersimpan/);
    await press(page, '[name=aksi][value=periksa]');
    await untilDone(page, /Simpan 1 baris/);
    await looksRight(page, faults, 'what the check found');
    assert.match(await page.textContent('main'), /C3/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('main a[href$="/berkas"]')]);
    const mended = readFileSync(await download.path(), 'utf8');
    assert.match(mended, /31\/01\/2020;\d+;x;salah;"?Rawat Inap \(C3\)/, 'the file given back');
    await press(page, 'main form[action$="/simpan"] .btn-primary');
    await untilDone(page, /Tersimpan/);
    await looksRight(page, faults, 'saved');
    await press(page, 'main a[href$="/batalkan"]');
    await looksRight(page, faults, 'asking before it is undone');
    await press(page, 'main form[action$="/batalkan"] button');
    await untilDone(page, /dikeluarkan dari hitungan/);
    await page.goto(`${pilar.url}/impor`);
    assert.match(await page.textContent('main'), new RegExp(`kunjungan-${width}.csv`));
    await looksRight(page, faults, 'the list');
    await page.goto(`${pilar.url}/impor/profil`);
    assert.match(await page.textContent('main'), new RegExp(`Kunjungan ${width}`));
    await looksRight(page, faults, 'the profiles');
    await page.goto(`${pilar.url}/pekerjaan`);
    await looksRight(page, faults, 'the jobs');
    await press(page, 'main tbody a');
    await looksRight(page, faults, 'one job');
  });
