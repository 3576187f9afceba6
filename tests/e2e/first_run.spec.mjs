// An empty installation: the first page asks once, and then there is somebody to sign in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults, openPage, stage } from './support.mjs';

const { browser, ways } = stage({ empty: true, both: true });

for (const { width, pilar, on } of ways)
  test(`the first page makes a facility and an administrator, once, at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await page.goto(pilar.url);
    assert.match(page.url(), /\/mulai$/);
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.fill('[name=facility]', 'Klinik Uji (contoh)');
    await page.fill('[name=name]', 'Ani (contoh)');
    await page.fill('[name=login]', 'ani');
    await page.fill('[name=password]', 'pendek');
    await page.click('main button');
    await page.waitForLoadState();
    assert.match(await page.textContent('main'), /paling sedikit 10/);
    assert.equal(await page.inputValue('[name=facility]'), 'Klinik Uji (contoh)', 'what was typed is kept');
    await page.fill('[name=password]', 'kalimat pendek saja');
    await Promise.all([page.waitForURL('**/masuk'), page.click('main button')]);
    await page.fill('[name=login]', 'ani');
    await page.fill('[name=password]', 'kalimat pendek saja');
    await Promise.all([page.waitForURL('**/beranda'), page.click('main button')]);
    await page.goto(`${pilar.url}/hasil/kessan`);
    assert.match(await page.textContent('main'), /belum/i, 'no data says so');
    assert.deepEqual(faults.filter((fault) => !/status of (403|422)/.test(fault)), []);
    await page.goto(`${pilar.url}/mulai`);
    assert.doesNotMatch(page.url(), /\/mulai/);
    await close();
  });
