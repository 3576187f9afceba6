// Somebody without an account calculates with figures of a spreadsheet, and sends the address to somebody else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults, openPage, stage } from './support.mjs';

const { pilar, browser } = stage({ empty: true });

test('a calculator is found, filled in from a spreadsheet and linked to', async () => {
  for (const width of [390, 1280]) {
    const { page, faults, close } = await openPage(browser, width);
    await page.goto(`${pilar.url}/hitung?cari=grafik`);
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.click('a[href="/hitung/spc"]');
    await page.selectOption('[name=chart]', 'p');
    await page.fill('[name=numerator]', '45\n48\n50\n41');
    await page.fill('[name=denominator]', '50\n50\n52\n50');
    await Promise.all([page.waitForURL('**/hitung/spc?*chart=p*'), page.click('main form[method=post] button')]);
    assert.match(await page.textContent('#hasil'), /Variasi biasa/);
    assert.equal(await page.inputValue('[name=numerator]'), '45\n48\n50\n41');
    assert.deepEqual(await accessibilityFaults(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `no sideways scroll at ${width}`);
    assert.deepEqual(faults, []);
    await close();
  }
});

test('without script a fault stands beside its field', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${pilar.url}/hitung/proportion`);
  await page.fill('[name=x]', '81');
  await page.fill('[name=n]', 'banyak');
  await page.click('main form[method=post] button');
  assert.equal(await page.inputValue('[name=n]'), 'banyak');
  assert.match(await page.textContent('#f-n-m'), / harus /);
  await context.close();
});
