// How soon staff pages are painted on a slow network, after the first visit: node --test tests/bench/first_paint.mjs
import { test } from 'node:test';
import { openPage, settled, signIn, stage } from '../e2e/support.mjs';

const { pilar, browser } = stage();

/** A common 3G: 1.6 Mbit/s down, 0.77 up, 300 ms there and back. */
const k3g = { offline: false, latency: 300, downloadThroughput: 1_600_000 / 8, uploadThroughput: 768_000 / 8 };
const kRuns = 3;

test('staff pages on 3G', async (t) => {
  const { page, close } = await openPage(browser, 390);
  await signIn(page, pilar, 'sari');
  await settled(page); // the first visit: script, style and letters are kept by the browser
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', k3g);
  const painted = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  for (const path of ['/beranda', '/faskes/melati-contoh', '/hasil/kessan?tempat=melati-contoh', '/indikator', '/komentar']) {
    const times = [];
    for (let run = 0; run < kRuns; ++run) {
      await page.goto(pilar.url + path);
      times.push(await (await page.waitForFunction(painted)).jsonValue());
    }
    t.diagnostic(`first paint of ${path}: ${times.map(Math.round).join(', ')} ms`);
  }
  await close();
});
