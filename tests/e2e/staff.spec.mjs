// The pages of people who sign in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults, enter, openPage, settled, signIn, stage, visit } from './support.mjs';

const { pilar, browser, ways } = stage({ both: true });

test('nobody sees results without signing in, and a wrong password says so', async () => {
  const { page, close } = await openPage(browser);
  await page.goto(`${pilar.url}/hasil/kessan`);
  assert.match(page.url(), /\/masuk\?/);
  await page.fill('[name=login]', 'sari');
  await page.fill('[name=password]', 'bukan kata sandi');
  await page.click('main button');
  await page.waitForLoadState();
  assert.match(await page.textContent('main'), /tidak cocok/);
  await close();
});

for (const { width, pilar, on } of ways)
  test(`home, survey, result and instrument pages are accessible, quiet and fit at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'sari');
    for (const path of ['/beranda', '/survei', '/hasil/kessan', '/hasil/skm', '/hasil/kunjungan-bulanan', '/instrumen', '/instrumen/kessan', '/catatan/kunjungan', '/hasil/kessan?bahasa=en']) {
      await visit(page, faults, pilar, path);
    }
    await close();
  });

test('a person sees who is signed in, and signs out', async () => {
  const { page, close } = await openPage(browser);
  await signIn(page, pilar, 'sari');
  await page.goto(`${pilar.url}/akun`);
  assert.match(await page.textContent('main'), /Ketua Tim Mutu/);
  assert.deepEqual(await accessibilityFaults(page), []);
  await Promise.all([page.waitForURL('**/masuk'), page.click('main button')]);
  await page.goto(`${pilar.url}/beranda`);
  assert.match(page.url(), /\/masuk/, 'the session is over');
  await close();
});

for (const { width, pilar, on } of ways)
  test(`the result page draws its chart, and its CSV says the same figure at ${width} px on ${on}`, async () => {
    const { page, close } = await openPage(browser, width);
    await enter(page, pilar, 'sari');
    await page.goto(`${pilar.url}/hasil/skm`);
    await settled(page);
    assert.ok((await page.locator('[data-chart] svg path').count()) > 0);
    const csv = await (await page.request.get(new URL(await page.getAttribute('a[href*="data.csv"]', 'href'), pilar.url).href)).text();
    const figure = /(\d\d,\d\d)/.exec(await page.textContent('main'))[1];
    assert.ok(csv.includes(figure) || csv.includes(figure.replace(',', '.')), `${figure} stands in the CSV`);
    await close();
  });
