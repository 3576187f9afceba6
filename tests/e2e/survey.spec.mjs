// A participant's answer on a phone becomes a number on the staff's page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults, drawnPhoto, enter, openPage, stage } from './support.mjs';

let form;
const { pilar, browser, ways } = stage({ both: true, ready: async () => { form = await formAt(pilar); } });

/** Address of the first public form that the staff of Melati see. */
async function formAt(pilar) {
  const { page, close } = await openPage(browser);
  await enter(page, pilar, 'sari');
  await page.goto(`${pilar.url}/survei`);
  const href = await page.getAttribute('a[href^="/s/"]', 'href');
  await close();
  return pilar.url + href;
}

/** Number of answers of this month on the KESSAN result page. */
async function answers(pilar) {
  const { page, close } = await openPage(browser);
  await enter(page, pilar, 'sari');
  const csv = await page.request.get(`${pilar.url}/hasil/kessan`);
  const words = /(\d[\d.]*) jawaban/.exec(await csv.text())[1];
  await close();
  return Number(words.replaceAll('.', ''));
}

for (const { width, pilar, on } of ways)
  test(`an answer without script becomes one more answer, however often it is sent, at ${width} px on ${on}`, async () => {
    const earlier = await answers(pilar);
    const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(await formAt(pilar));
    await page.check('[name=nilai][value="4"]');
    await page.check('[name=penjamin][value=jkn]');
    await page.check('[name=kunjungan][value=rawat_jalan]');
    await page.locator('textarea').fill('Cepat dan ramah.');
    let sent;
    page.on('request', (request) => { if (request.method() === 'POST') sent = request; });
    await Promise.all([page.waitForURL('**/terima-kasih*'), page.click('main button')]);
    const receipt = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await page.textContent('main'));
    assert.ok(receipt, 'a receipt code is shown');
    const again = await page.request.post(sent.url(), { data: sent.postData(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    assert.ok((await again.text()).includes(receipt[0]), 'a double tap is the same record');
    await context.close();
    assert.equal(await answers(pilar), earlier + 1);
  });

test('the language is changed halfway without losing a word, and without a script', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(form);
  await page.check('[name=nilai][value="4"]');
  await page.locator('textarea').fill('Antre lama');
  await page.click('.language');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.equal(await page.inputValue('textarea'), 'Antre lama');
  assert.ok(await page.isChecked('[name=nilai][value="4"]'));
  await page.press('[name=nilai][value="4"]', 'Enter');
  await page.waitForURL('**/terima-kasih*');
  await context.close();
});

test('an answer without its one required part is shown again with what was typed', async () => {
  const { page, faults, close } = await openPage(browser, 390);
  await page.goto(form);
  await page.locator('textarea').fill('Tetap di sini.');
  await page.evaluate(() => document.querySelectorAll('[required]').forEach((control) => control.removeAttribute('required')));
  await page.click('main button');
  await page.waitForLoadState();
  assert.equal(await page.inputValue('textarea'), 'Tetap di sini.');
  assert.match(await page.textContent('main'), /Pilih satu jawaban/);
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(faults.filter((fault) => !fault.includes('422')), []);
  await close();
});

for (const width of [390, 1280])
  test(`the form is accessible and fits at ${width} px in both languages`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    for (const language of ['id', 'en']) {
      await page.goto(`${form}?bahasa=${language}`);
      assert.equal(await page.getAttribute('html', 'lang'), language);
      assert.deepEqual(await accessibilityFaults(page), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'no sideways scroll');
    }
    assert.deepEqual(faults, []);
    await close();
  });

test('a report with a photo is sent without script, and nothing but the pixels is kept', async () => {
  const { page: staff, close } = await openPage(browser);
  await enter(staff, pilar, 'sari');
  await staff.goto(`${pilar.url}/survei`);
  const report = pilar.url + (await staff.getAttribute('.card:has-text("Lapor sarana") a[href^="/s/"]', 'href'));
  const photo = await drawnPhoto(staff);
  await close();
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(report);
  await page.setInputFiles('[type=file]', photo);
  await page.locator('textarea').fill('Dekat pintu masuk.');
  await page.click('.language');
  assert.match(await page.textContent('main'), /The photo has been received/);
  assert.equal(await page.inputValue('textarea'), 'Dekat pintu masuk.');
  await page.setInputFiles('[type=file]', { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
  await page.check('[name=keadaan][value=kotor]');
  await page.click('main button');
  assert.match(await page.textContent('main'), /not a JPEG, PNG or WebP/);
  await page.setInputFiles('[type=file]', photo);
  await Promise.all([page.waitForURL('**/terima-kasih*'), page.click('main button')]);
  await context.close();
});
