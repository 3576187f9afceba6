// Indicators: found in the kamus, used with a target of one's own, written and changed, and a month that is unmistakably sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enter, looksRight, openPage, picture, press, stage, visit } from './support.mjs';

const { pilar, browser, ways } = stage({ both: true });
const kPlace = 'tempat=melati-contoh';

for (const { width, pilar, on } of ways)
  test(`the pages of indicators are accessible and fit at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'sari');
    const paths = { 'kamus': '/kamus', 'kamus-en': '/kamus?bahasa=en', 'kamus-cakupan': '/kamus/cakupan?bahasa=id', 'kamus-profil': '/kamus/lab-darah-120', 'kamus-ubah': '/kamus/tambah', 'indikator': '/indikator', 'laporan': '/indikator/laporan', 'sasaran': '/indikator/sasaran', 'sasaran-isi': '/indikator/sasaran/isi', 'rekap': '/indikator/rekap?isi=semua&langkah=triwulan', 'rekap-bulan': '/indikator/rekap?isi=semua', 'upaya-mutu': '/indikator/upaya-mutu' };
    for (const [name, path] of Object.entries(paths)) {
      await visit(page, faults, pilar, path);
      await picture(page, `${name}-${width}`);
    }
    await close();
  });

for (const { width, pilar, on } of ways)
  test(`an office reads one indicator at all its facilities at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'dinas');
    await visit(page, faults, pilar, '/wilayah/indikator?indikator=inm-kebersihan-tangan');
    await picture(page, `wilayah-indikator-${width}`);
    await visit(page, faults, pilar, '/wilayah/indikator?indikator=inm-kebersihan-tangan&urut=perubahan&turun=1&bahasa=en');
    assert.match(await page.textContent('main'), /always come last/);
    await visit(page, faults, pilar, '/wilayah/indikator?indikator=inm-kebersihan-tangan&cari=tidakada&bahasa=id');
    assert.match(await page.textContent('main'), /Tidak ada fasilitas yang cocok/);
    await visit(page, faults, pilar, '/indikator/kunci?tempat=kamboja-contoh');
    await close();
  });

for (const { width, pilar, on } of ways.slice(1))
  test(`an indicator is found, used with a target of one's own, and seen with its value at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'sari');
    await page.goto(`${pilar.url}/kamus?cari=bersih`);
    await press(page, 'table a');
    await looksRight(page, faults, 'the profile');
    assert.match(await page.textContent('main'), /bukan target, melainkan alat/);
    await page.fill('[name=target]', '92,5');
    await press(page, '#pakai form .btn-primary');
    assert.match(await page.textContent('#notices'), /disimpan/);
    assert.match(await page.textContent('#pakai'), /92,5%/);
    await visit(page, faults, pilar, '/indikator');
    assert.match(await page.textContent('main'), /paling sedikit 92,5%/);
    await close();
  });

for (const { width, pilar, on } of ways.slice(0, 1))
  test(`a facility writes an indicator of its own, first as a draft, at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'sari');
    await page.goto(`${pilar.url}/kamus/tambah?${kPlace}`);
    await page.fill('[name=title]', 'Hasil urine tepat waktu');
    await page.selectOption('[name=formula]', 'laboratorium/lama_darah');
    await press(page, 'button[value=rancangan]');
    assert.match(await page.textContent('#notices'), /Rancangan disimpan/);
    await page.goto(`${pilar.url}/kamus/hasil-urine-tepat-waktu/ubah?${kPlace}`);
    await press(page, 'button[value=terbit]');
    assert.match(faults.splice(0).join('\n'), /^Failed to load resource: .* 422 \([^)]*\)$/, 'the refusal, and nothing else');
    await looksRight(page, faults, 'what is missing is said');
    assert.match(await page.textContent('.problems'), /upaya pencapaian/);
    for (const name of ['aim', 'definition', 'numerator', 'responsible', 'source', 'effort_what_1', 'effort_who_1']) await page.fill(`[name=${name}]`, 'Contoh');
    await press(page, 'button[value=terbit]');
    assert.match(await page.textContent('#notices'), /Indikator disimpan/);
    await looksRight(page, faults, 'the new indicator');
    await close();
  });

for (const { width, pilar, on } of ways)
  test(`a month is analysed, sent, returned by the office above and sent again at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'sari');
    await page.goto(`${pilar.url}/indikator/laporan?${kPlace}`);
    await page.locator('a[href*="/indikator/laporan/20"]').nth(1).click();
    const report = page.url();
    for (let left = await page.locator('form[action*=analisis]').count(); left-- > 0;) {
      const form = page.locator('form[action*=analisis]').nth(left);
      await form.locator('[name=analysis]').fill('Kertas habis');
      await form.locator('[name=follow_up]').fill('Dipesan');
      await Promise.all([page.waitForNavigation(), form.locator('button').click()]);
    }
    await looksRight(page, faults, 'the report');
    await picture(page, `laporan-bulan-${width}`);
    await press(page, 'a[href*="apa=kirim"]');
    await press(page, 'main form .btn-primary');
    assert.match(await page.textContent('#notices'), /terkirim/);
    const other = await openPage(browser, width);
    await enter(other.page, pilar, 'dinas');
    await other.page.goto(report);
    await press(other.page, 'a[href*="apa=kembalikan"]');
    await other.page.fill('[name=reason]', 'Periksa pembilangnya');
    await press(other.page, 'main form button');
    await other.close();
    await page.goto(report);
    assert.match(await page.textContent('main'), /Periksa pembilangnya/);
    await press(page, 'a[href*="apa=kirim"]');
    await press(page, 'main form .btn-primary');
    await looksRight(page, faults, 'sent again');
    await close();
  });
