// What people open every morning: home, facility, region, search, help and the tour through the demonstration.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enter, openPage, picture, settled, signIn, stage, visit } from './support.mjs';

const { pilar, browser, ways } = stage({ both: true });

for (const { width, pilar, on } of ways)
  test(`every role has its home at ${width} px on ${on}, and its first row leads somewhere`, async () => {
    for (const login of ['sari', 'kepala', 'farmasi', 'bpjs', 'dinas', 'admin']) {
      const { page, faults, close } = await openPage(browser, width);
      await enter(page, pilar, login);
      await visit(page, faults, pilar, '/beranda');
      await picture(page, `beranda-${login}-${width}`);
      const first = page.locator('.todos .btn').first();
      if (await first.count()) await visit(page, faults, pilar, new URL(await first.getAttribute('href'), pilar.url).href);
      await close();
    }
  });

test('home draws its control charts and says what they find', async () => {
  const { page, close } = await openPage(browser);
  await signIn(page, pilar, 'sari');
  await page.waitForSelector('.chart.small svg');
  assert.match(await page.textContent('main'), /Membaik/, 'the improvement of Melati');
  assert.match(await page.textContent('main'), /Poli Gigi: tidak ada jawaban selama \d+ hari/);
  await close();
});

for (const { width, pilar, on } of ways)
  test(`facility, region, public, help and search pages are accessible and fit at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'bpjs');
    const paths = { 'faskes': '/faskes/melati-contoh', 'faskes-kecil': '/faskes/aster-contoh', 'wilayah': '/wilayah', 'hasil': '/hasil/kessan?tempat=melati-contoh', 'umum': '/f/melati-contoh', 'umum-en': '/f/melati-contoh?bahasa=en', 'bantuan': '/bantuan?bahasa=id', 'bab': '/bantuan/grafik', 'panduan': '/bantuan/pengaturan', 'cari': '/cari?q=melati', 'faskes-en': '/faskes/melati-contoh?bahasa=en' };
    for (const [name, path] of Object.entries(paths)) {
      await visit(page, faults, pilar, path);
      await picture(page, `${name}-${width}`);
    }
    await close();
  });

test('in the dark the pages of the morning are as readable', async () => {
  const { page, faults, close } = await openPage(browser);
  await enter(page, pilar, 'bpjs');
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const [name, path] of Object.entries({ beranda: '/beranda', faskes: '/faskes/melati-contoh', wilayah: '/wilayah', hasil: '/hasil/kessan?tempat=melati-contoh' })) {
    await visit(page, faults, pilar, path);
    await picture(page, `gelap-${name}`);
  }
  await close();
});

test('what is printed fits the sheet, says when it is from, and has nothing to press', async () => {
  const { page, faults, close } = await openPage(browser, 1280);
  await enter(page, pilar, 'sari');
  const paths = { beranda: '/beranda', faskes: '/faskes/melati-contoh', hasil: '/hasil/kessan?tempat=melati-contoh', mengapa: '/hasil/kessan/mengapa?tempat=melati-contoh', indikator: '/indikator', laporan: '/indikator/laporan', rekap: '/indikator/rekap' };
  for (const [name, path] of Object.entries(paths)) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ media: 'screen' });
    await visit(page, faults, pilar, path);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint'))); // as the browser says it before it lays out a sheet
    await page.emulateMedia({ media: 'print' });
    const broad = await page.locator('.card > .scroll.wide').count(); // laid across
    await page.setViewportSize({ width: broad ? 1016 : 688, height: 1000 }); // A4 between its margins
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${path} is wider than the sheet`);
    assert.deepEqual(await page.$$eval('main .btn', (all) => all.filter((one) => one.offsetWidth > 0).map((one) => one.textContent)), [], path);
    assert.match(await page.innerText('.as-of'), /^Data per \d/, path);
    const low = await page.$$eval('.chart:not(.small) svg', (all) => all.filter((one) => one.getBoundingClientRect().height < 200).length);
    assert.equal(low, 0, `${path}: charts keep their height`);
    await picture(page, `cetak-${name}`);
  }
  await close();
});

test('a result page judges by its control chart, and its points come as CSV', async () => {
  const { page, close } = await openPage(browser);
  await enter(page, pilar, 'bpjs');
  await page.goto(`${pilar.url}/hasil/kessan?tempat=melati-contoh`);
  await page.waitForSelector('#tren svg');
  assert.match(await page.textContent('#tren h2'), /benar-benar membaik, bukan kebetulan/);
  await page.click('#tren summary');
  const csv = await page.request.get(new URL(await page.getAttribute('#tren a[href*="bagan.csv"]', 'href'), pilar.url).href);
  assert.match(await csv.text(), /special_improvement/);
  await page.goto(`${pilar.url}/hasil/kessan?tempat=kenanga-contoh`);
  assert.match(await page.textContent('#tren h2'), /naik-turun wajar/, 'the false alarm');
  await close();
});

test('the tour shows the story step by step', async () => {
  const { page, faults, close } = await openPage(browser);
  await signIn(page, pilar, 'bpjs');
  await page.click('text=Mulai tur');
  let steps = 0;
  for (; steps < 20; ++steps) {
    await settled(page);
    assert.match(await page.textContent('.tour .key'), new RegExp(`langkah ${steps + 1} dari`));
    assert.deepEqual(faults.splice(0), [], page.url());
    const next = page.locator('.tour .btn').last();
    if ((await next.textContent()) === 'Selesai') break;
    await Promise.all([page.waitForNavigation(), next.click()]);
  }
  assert.ok(steps >= 8, `${steps + 1} steps`);
  await close();
});

test('a participant reads the facility without signing in, without a script, from the page of thanks', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pilar.url + /(\/s\/\S+?),/.exec(pilar.said)[1]);
  await page.check('[name=nilai][value="5"]');
  await Promise.all([page.waitForURL('**/terima-kasih*'), page.click('main button')]);
  await Promise.all([page.waitForURL('**/f/melati-contoh*'), page.click('a[href^="/f/"]')]);
  assert.match(await page.textContent('main'), /Penilaian peserta/);
  assert.equal(await page.locator('script').count(), 0);
  await context.close();
});

test('search over everything finds places, measures, people and help, from the bar', async () => {
  const { page, close } = await openPage(browser);
  await signIn(page, pilar, 'admin');
  await page.fill('header [name=q]', 'teratai');
  await Promise.all([page.waitForURL('**/cari?q=teratai'), page.press('header [name=q]', 'Enter')]);
  await Promise.all([page.waitForURL('**/faskes/teratai-contoh'), page.click('main a:has-text("Teratai")')]);
  await page.goto(`${pilar.url}/cari?q=sari`);
  assert.match(await page.textContent('main'), /Orang/);
  await close();
});

test('the pictures of the user\'s guide show what its chapters speak of', async () => {
  const { page, close } = await openPage(browser);
  await enter(page, pilar, 'sari');
  const pages = { beranda: '/beranda', grafik: '/hasil/kessan?tempat=melati-contoh', fasilitas: '/faskes/melati-contoh', angka: '/hasil/kessan/mengapa?tempat=melati-contoh', kessan: '/survei', kerahasiaan: '/komentar', indikator: '/indikator', isi: '/isi', impor: '/impor' };
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(pilar.url + path);
    await settled(page);
    assert.ok((await page.textContent('h1')).length > 3, path);
    await picture(page, `panduan-${name}`, false);
  }
  await close();
});
