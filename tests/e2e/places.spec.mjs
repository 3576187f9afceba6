// The registry: finding a place in either tree, adding, changing, moving, merging and closing one, and many at once from a file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enter, looksRight, openPage, press, stage } from './support.mjs';

const { browser, ways } = stage({ both: true });

for (const { width, pilar, on } of ways)
  test(`an administrator adds a facility, moves, merges and reopens it, at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'admin');
    await page.goto(`${pilar.url}/tempat`);
    await looksRight(page, faults, 'the tree');
    await page.goto(`${pilar.url}/tempat?pohon=dinas`);
    await looksRight(page, faults, 'the other tree');
    await page.goto(`${pilar.url}/tempat?cari=melati`);
    await looksRight(page, faults, 'a search');
    const melati = await page.getAttribute('tbody th a', 'href');
    await page.goto(pilar.url + melati);
    await looksRight(page, faults, 'a place');
    const branch = await page.locator('nav.path a').last().getAttribute('href');
    assert.match(branch, /\/tempat\?.*tempat=/);
    const below = new URL(branch, pilar.url).searchParams.get('tempat');

    const name = `Puskesmas Uji ${width}`;
    await page.goto(`${pilar.url}/tempat/tambah?di=${below}`);
    await page.fill('[name=name]', name);
    await page.fill('[name=units]', 'Poli Umum\nFarmasi');
    await page.fill('[name=valid_from]', '2024-01-01'); // a place that begins today cannot end today
    await looksRight(page, faults, 'the form of a new place');
    await press(page, 'main .btn-primary');
    await looksRight(page, faults, 'the new place');
    const href = new URL(page.url()).pathname;

    await page.goto(`${pilar.url}${href}/ubah`);
    await page.check('[name=capabilities][value=farmasi]');
    await page.fill('[name=villages]', 'Sukamaju (35.07.08.2001)\nSukasari');
    await looksRight(page, faults, 'the form of a place');
    await press(page, 'main .btn-primary');
    assert.match(await page.textContent('main'), /Sukasari/);

    await page.fill('#unit [name=name]', 'Pustu Sari');
    await page.selectOption('#unit [name=kind]', 'pustu');
    await press(page, '#unit form:has([name=kind]) button');
    await press(page, '#unit tbody tr:last-child button');
    assert.match(await page.textContent('#unit tbody tr:nth-child(2)'), /Pustu Sari/);
    await page.goto(`${pilar.url}${href}/pindah`);
    await looksRight(page, faults, 'the form of a move');
    await page.goto(`${pilar.url}${href}/tutup`);
    await looksRight(page, faults, 'the form of closing');
    await page.fill('[name=successor]', decodeURIComponent(melati.split('/').pop()));
    await press(page, 'main .btn-primary');
    await looksRight(page, faults, 'what a merger will do');
    await press(page, 'main .danger');
    assert.match(await page.textContent('main, .page-head'), /Digabung ke/);
    await page.goto(`${pilar.url}${href}/buka`);
    await looksRight(page, faults, 'opening again');
    await press(page, 'main .btn-primary');
    await looksRight(page, faults, 'the place again');
    await close();
  });

for (const { width, pilar, on } of ways)
  test(`a file of places is checked, then saved, at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    await enter(page, pilar, 'admin');
    await page.goto(`${pilar.url}/tempat/impor`);
    await looksRight(page, faults, 'asking for a file');
    const rows = `kode,nama,induk,tipe,zona\nimpor-${width},Klinik Impor ${width},cabang-contoh,Klinik pratama,WITA\nsalah,Salah,cabang-contoh,Klinik pratma,WIB\n`;
    await page.setInputFiles('[name=file]', { name: 'tempat.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) });
    await press(page, 'main .btn-primary');
    await looksRight(page, faults, 'what the file would do');
    assert.match(await page.textContent('main'), /Klinik pratma/);
    const [answer] = await Promise.all([page.waitForEvent('download'), page.click('a[href$="/hasil.csv"]')]);
    assert.match(answer.suggestedFilename(), /hasil.*\.csv/);
    await press(page, 'main form .btn-primary');
    await looksRight(page, faults, 'what the file did');
    await page.goto(`${pilar.url}/tempat/impor-${width}?bahasa=en`);
    await looksRight(page, faults, 'an imported place, in English');
    assert.match(await page.textContent('main'), /Primary clinic/);
    await page.goto(`${pilar.url}/tempat?bahasa=id`);
    await close();
  });
