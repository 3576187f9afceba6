// Records entered by hand: by keyboard alone, corrected by two at once, resumed from a draft, pasted into a table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults, drawnPhoto, enter, looksRight, openPage, picture, press, stage } from './support.mjs';

const { pilar, browser, ways } = stage({ both: true });

const keys = async (page, ...all) => {
  for (const key of all) await page.keyboard.press(key);
};
const kForm = '/isi/kunjungan-bulanan';

for (const { width, pilar, on } of ways)
  test(`one record is entered by keyboard alone and read again at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'sari');
    await page.goto(`${pilar.url}/isi`);
    await looksRight(page, faults, 'the list');
    await page.goto(pilar.url + kForm);
    await looksRight(page, faults, 'the form');
    assert.equal(await page.evaluate(() => document.activeElement.name), '_unit');
    await keys(page, 'ArrowDown', 'Enter'); // the unit, then the time
    await keys(page, 'Enter');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'rawat_jalan');
    await page.keyboard.type('1250');
    await keys(page, 'Enter');
    await page.keyboard.type('7,5');
    await keys(page, 'Enter');
    assert.match(await page.textContent('.question[data-item=rawat_inap]'), /Paling banyak 0 angka/);
    await page.focus('[name=rawat_inap]');
    await keys(page, 'Control+a');
    await page.keyboard.type('8');
    assert.equal(await page.textContent('output'), '1.258', 'calculated while it is typed');
    await Promise.all([page.waitForNavigation(), keys(page, 'Control+Enter')]);
    assert.match(await page.textContent('#notices'), /Tersimpan\./);
    await looksRight(page, faults, 'the receipt');
    await press(page, '#notices a');
    await looksRight(page, faults, 'the record');
    assert.match(await page.textContent('main'), /1\.258 kunjungan/);
    assert.match(await page.textContent('main'), /Sari \(contoh\)/);
    await close();
  });

test('digits choose answers, and what does not apply is not asked', async () => {
  const { page, faults, close } = await openPage(browser);
  await enter(page, pilar, 'sari');
  await page.goto(`${pilar.url}/isi/kessan`);
  await looksRight(page, faults, 'a form with choices');
  const scale = page.locator('.question[data-item=nilai] input').first();
  await scale.focus();
  await keys(page, '4');
  assert.equal(await page.locator('.question[data-item=nilai] input:checked').getAttribute('data-press'), '4');
  await keys(page, 'Enter');
  assert.notEqual(await page.evaluate(() => document.activeElement.name), 'nilai');
  await close();
});

for (const { width, pilar, on } of ways)
  test(`two people who correct one record see both versions at ${width} px on ${on}`, async () => {
    const one = await openPage(browser, width), other = await openPage(browser, width);
    await enter(one.page, pilar, 'sari');
    await enter(other.page, pilar, 'sari');
    await one.page.goto(pilar.url + kForm);
    await one.page.selectOption('[name=_unit]', { index: 1 });
    await one.page.fill('[name=rawat_jalan]', '10');
    await one.page.fill('[name=rawat_inap]', '2');
    await press(one.page, 'form.entry-form .btn-primary');
    await press(one.page, '#notices a');
    const record = one.page.url();
    const correction = record.replace('?', '/koreksi?');
    await one.page.goto(correction);
    await other.page.goto(correction);
    await looksRight(one.page, one.faults, 'the correction');
    await other.page.fill('[name=rawat_jalan]', '11');
    await other.page.fill('[name=_alasan]', 'hitung ulang');
    await press(other.page, 'form.entry-form .btn-primary');
    await one.page.fill('[name=rawat_jalan]', '12');
    await press(one.page, 'form.entry-form .btn-primary');
    assert.match(await one.page.textContent('.problems'), /Tulis alasannya/, 'a reason is needed');
    await one.page.fill('[name=_alasan]', 'salah baca');
    await press(one.page, 'form.entry-form .btn-primary');
    assert.match(await one.page.textContent('main'), /Orang lain menyimpan perubahan lebih dahulu/);
    one.faults.splice(0); // the refusal and the conflict are answers of 4xx, which the console tells
    await looksRight(one.page, one.faults, 'the conflict');
    await press(one.page, 'main form .btn:not(.btn-primary)');
    await one.page.goto(record);
    await looksRight(one.page, one.faults, 'the history');
    const words = await one.page.textContent('main');
    assert.match(words, /salah baca/);
    assert.match(words, /hitung ulang/);
    assert.match(words, /12 kunjungan/);
    await one.close();
    await other.close();
  });

for (const { width, pilar, on } of ways)
  test(`a chosen photo is seen, kept in the draft and saved with the record at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'sari');
    await page.goto(`${pilar.url}/isi/lapor`);
    await page.setInputFiles('[name=foto][type=file]', { name: 'catatan.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('bukan foto') });
    await page.waitForSelector('[data-item=foto] .message');
    assert.match(await page.textContent('[data-item=foto]'), /bukan foto JPEG, PNG, atau WebP/);
    faults.splice(0); // the refusal is an answer of 4xx, which the console tells
    await page.setInputFiles('[name=foto][type=file]', await drawnPhoto(page, width));
    await page.waitForFunction(() => document.querySelector('[data-item=foto] img')?.naturalWidth > 0);
    await page.waitForFunction(() => /Draf tersimpan/.test(document.querySelector('[data-draft-state]').textContent));
    await looksRight(page, faults, 'the form with a photo');
    await picture(page, `isi-foto-${width}`);
    await page.goto(`${pilar.url}/isi`);
    await press(page, 'text=Lanjutkan');
    await page.waitForFunction(() => document.querySelector('[data-item=foto] img')?.naturalWidth > 0);
    await page.selectOption('[name=_unit]', '-');
    await page.check('[name=keadaan][value=kotor]', { force: true });
    await press(page, 'form.entry-form .btn-primary');
    assert.match(await page.textContent('#notices'), /Tersimpan\./);
    assert.deepEqual(faults, []);
    await close();
  });

for (const { width, pilar, on } of ways)
  test(`a draft is kept while somebody types, waits for the network and is resumed elsewhere at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'sari');
    await page.goto(pilar.url + kForm);
    await page.fill('[name=rawat_jalan]', '77');
    await page.waitForFunction(() => /Draf tersimpan/.test(document.querySelector('[data-draft-state]').textContent));
    await page.context().setOffline(true);
    await page.fill('[name=rawat_jalan]', '78');
    await page.waitForSelector('.waiting:not([hidden])');
    assert.match(await page.textContent('.waiting'), /1 isian menunggu jaringan/);
    assert.deepEqual(await accessibilityFaults(page), [], 'offline');
    await page.context().setOffline(false);
    await page.waitForSelector('.waiting', { state: 'hidden' });
    faults.splice(0); // the console tells of the network that went away
    const elsewhere = await openPage(browser, width);
    await enter(elsewhere.page, pilar, 'sari');
    await elsewhere.page.goto(`${pilar.url}/isi`);
    await looksRight(elsewhere.page, elsewhere.faults, 'drafts that wait');
    await press(elsewhere.page, 'text=Lanjutkan');
    assert.equal(await elsewhere.page.inputValue('[name=rawat_jalan]'), '78');
    await elsewhere.page.goto(`${pilar.url}/isi`);
    await press(elsewhere.page, 'button:text-is("Hapus")');
    await looksRight(elsewhere.page, elsewhere.faults, 'a draft thrown away');
    await press(elsewhere.page, 'text=Kembalikan');
    assert.match(await elsewhere.page.textContent('main'), /Lanjutkan/);
    await press(elsewhere.page, 'button:text-is("Hapus")');
    await elsewhere.close();
    await close();
  });

for (const { width, pilar, on } of ways)
  test(`rows pasted from a spreadsheet are saved, and the wrong one stays at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'sari');
    await page.goto(`${pilar.url}/isi/kunjungan-bulanan/banyak`);
    await looksRight(page, faults, 'the table');
    await page.selectOption('[name=_unit]', { index: 1 });
    await page.focus('[name="c.0.rawat_jalan"]');
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', Array.from({ length: 12 }, (_, i) => (i === 3 ? 'banyak\t1' : `${100 + i}\t${i}`)).join('\r\n') + '\r\n');
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    assert.equal(await page.inputValue('[name="c.11.rawat_inap"]'), '11', 'rows were added');
    await keys(page, 'ArrowDown', 'ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'c.2.rawat_jalan');
    await press(page, 'form.grid-form .btn-primary');
    assert.match(await page.textContent('#notices'), /11 catatan tersimpan/);
    assert.match(await page.textContent('td.wrong'), /“banyak” bukan angka/);
    faults.splice(0);
    await looksRight(page, faults, 'one row left');
    await page.fill('td.wrong input', '103');
    await press(page, 'form.grid-form .btn-primary');
    assert.match(await page.textContent('#notices'), /1 catatan tersimpan/);
    await close();
  });

for (const { width, pilar, on } of ways)
  test(`records are filtered by address, exported as shown and voided together at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'sari');
    const list = `${pilar.url}/catatan/kunjungan-bulanan?hal=1`;
    for (const path of [list, `${list}&butir=rawat_jalan&min=100&urut=-rawat_jalan&kolom=rawat_jalan`, `${pilar.url}/catatan/kessan?butir=pesan&kata=obat`, `${list}&bahasa=en`]) {
      assert.equal((await page.goto(path)).status(), 200, path);
      await looksRight(page, faults, path);
    }
    await page.goto(`${list}&bahasa=id&lewat=petugas&keadaan=dihitung&butir=rawat_jalan&min=100&maks=102`);
    const shown = await page.locator('tbody tr').count();
    assert.ok(shown >= 3, 'what was entered before is found');
    const csv = await page.evaluate(async (href) => (await (await fetch(href)).text()).trim().split('\n').length, await page.locator('.actions a', { hasText: 'CSV' }).getAttribute('href'));
    assert.ok(csv > shown, 'titles and the rows shown');
    for (let i = 0; i < 2; ++i) await page.locator('[name=pilih]').nth(i).check();
    await press(page, 'main .btn.danger');
    assert.match(await page.textContent('h1'), /Batalkan 2 catatan/);
    await looksRight(page, faults, 'asking first');
    await page.fill('[name=_alasan]', 'isian uji');
    await press(page, 'main .btn.danger');
    assert.match(await page.textContent('#notices'), /2 catatan dibatalkan/);
    await looksRight(page, faults, 'voided');
    await close();
  });
