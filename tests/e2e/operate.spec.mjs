// The pages about the server itself: its state and the parts of its pages for administrators, and how a phone learns to trust it.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { accessibilityFaults, enter, openPage, picture, stage, visit } from './support.mjs';

const { pilar, browser } = stage({
  prepare: ({ pilar, folder }) => {
    pilar('tls', 'localhost,127.0.0.1');
    return ['--authority', join(folder, 'tls/authority.crt')];
  },
});

for (const width of [390, 1280])
  test(`the state of the server, the parts of its pages and the page of trust are accessible and fit at ${width} px`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    for (const path of ['/percaya', '/percaya?bahasa=en', '/api', '/api?bahasa=en']) await visit(page, faults, pilar, path);
    for (const summary of await page.$$('summary')) await summary.click();
    assert.deepEqual(await accessibilityFaults(page), [], 'with every step unfolded');
    await page.context().clearCookies();
    await enter(page, pilar, 'admin');
    for (const path of ['/debug', '/debug?bahasa=en']) await visit(page, faults, pilar, path);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const path of ['/gaya', '/gaya?bahasa=en', '/gaya/umum', '/gaya/umum?bahasa=en']) await visit(page, faults, pilar, path);
      await page.goto(`${pilar.url}/gaya`);
      await picture(page, `gaya-${colorScheme}-${width}`);
    }
    await close();
  });
