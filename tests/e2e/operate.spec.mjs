// The pages about the server itself: its state for administrators, and how a phone learns to trust it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { accessibilityFaults, openBrowser, openPage, signIn, startPilar } from './support.mjs';

let pilar, browser;

before(async () => {
  pilar = await startPilar({ prepare: ({ pilar, folder }) => {
    pilar('tls', 'localhost,127.0.0.1');
    return ['--authority', join(folder, 'tls/authority.crt')];
  } });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await pilar?.stop();
});

async function assertSound(page, faults, path) {
  const reply = await page.goto(pilar.url + path);
  assert.equal(reply.status(), 200, path);
  await page.waitForLoadState('networkidle');
  assert.deepEqual(await accessibilityFaults(page), [], path);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${path}: no sideways scroll`);
  assert.deepEqual(faults.splice(0), [], path);
  const said = await page.evaluate(() => {
    const body = document.body.cloneNode(true);
    for (const code of body.querySelectorAll('pre, script')) code.remove(); // a pattern of the API may say {4}
    return body.textContent;
  });
  assert.doesNotMatch(said, /NaN|undefined|\{\d\}/, path);
}

for (const width of [390, 1280])
  test(`the state of the server and the page of trust are accessible and fit at ${width} px`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    for (const path of ['/percaya', '/percaya?bahasa=en', '/api', '/api?bahasa=en']) await assertSound(page, faults, path);
    for (const summary of await page.$$('summary')) await summary.click();
    assert.deepEqual(await accessibilityFaults(page), [], 'with every step unfolded');
    await page.context().clearCookies();
    await signIn(page, pilar, 'admin');
    for (const path of ['/debug', '/debug?bahasa=en']) await assertSound(page, faults, path);
    await close();
  });
