// Forms of one's own: a workbook is sent, its faults are shown with their cells, a good one is looked at, installed and filled in.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { enter, looksRight, openPage, press, settled, stage } from './support.mjs';

const ExcelJS = createRequire(new URL('../api/', import.meta.url))('exceljs');
const { pilar, browser, ways } = stage({ both: true });
const kSheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** An XLSForm as somebody writes it in a spreadsheet. */
async function workbook({ key, version = '1', relevant = "${ada} = 'ya'", wording = 'Apakah sabun tersedia?' }) {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('survey').addRows([
    ['type', 'name', 'label', 'required', 'relevant', 'constraint', 'constraint_message'],
    ['begin_group', 'tangan', 'Cuci tangan'],
    ['select_one ya_tidak', 'ada', wording, 'yes'],
    ['integer', 'jumlah', 'Berapa botol?', '', relevant, '. >= 0 and . <= 99', 'Isi 0 sampai 99.'],
    ['text', 'catatan', 'Catatan'],
    ['end_group'],
  ]);
  book.addWorksheet('choices').addRows([['list_name', 'name', 'label'], ['ya_tidak', 'ya', 'Ya'], ['ya_tidak', 'tidak', 'Tidak']]);
  book.addWorksheet('settings').addRows([['form_title', 'form_id', 'version'], [`Sabun ${key}`, key, version]]);
  return { name: `${key}.xlsx`, mimeType: kSheet, buffer: Buffer.from(await book.xlsx.writeBuffer()) };
}

for (const { width, pilar, on } of ways)
  test(`an administrator sends a form, mends it, installs it and renews it, at ${width} px on ${on}`, async () => {
    const { page, faults, close } = await openPage(browser, width);
    const key = `sabun_${width}`;
    const send = async (file) => {
      await page.goto(`${pilar.url}/instrumen/tambah`);
      await page.setInputFiles('[name=berkas]', file);
      await press(page, 'main .btn-primary');
    };
    await enter(page, pilar, 'admin');
    await page.goto(`${pilar.url}/instrumen`);
    await press(page, 'a[href="/instrumen/tambah"]');
    await looksRight(page, faults, 'asking for a form');

    await send(await workbook({ key, relevant: "${adakah} = 'ya'" }));
    await settled(page);
    faults.splice(0); // the console tells of every answer of 4xx
    await looksRight(page, faults, 'a form with a fault');
    assert.match(await page.textContent('#salah'), /lembar survey, sel E4/);
    assert.match(await page.textContent('#salah'), /Maksud Anda|adakah/);
    await send({ name: 'foto.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47]) });
    await settled(page);
    faults.splice(0);
    assert.match(await page.textContent('main'), /Jenis berkas ini tidak dikenal/);
    await looksRight(page, faults, 'a file of another type');

    await send(await workbook({ key }));
    await looksRight(page, faults, 'what the form would become');
    const shown = await page.textContent('main');
    for (const words of [/Instrumen baru/, /Cuci tangan/, /\$\{ada\} = 'ya'/, /Isi 0 sampai 99/, /ya = 1, tidak = 2/]) assert.match(shown, words);
    await page.fill('[name=alasan]', 'formulir dinas');
    await press(page, 'main form .btn-primary');
    await looksRight(page, faults, 'the installed form');
    assert.match(await page.textContent('body'), /Versi 1 terpasang/);
    for (const [link, ending] of [['XLSForm', 'xlsx'], ['Paket (YAML)', 'yaml']]) {
      const [file] = await Promise.all([page.waitForEvent('download'), page.click(`main a:text-is("${link}")`)]);
      assert.ok(file.suggestedFilename().endsWith(ending));
    }
    await page.goto(`${pilar.url}/isi/${key}?tempat=melati-contoh`);
    await looksRight(page, faults, 'the form to fill in');
    assert.match(await page.textContent('main'), /Apakah sabun tersedia/);

    await send(await workbook({ key, version: '2', wording: 'Apakah sabun cair tersedia?' }));
    await looksRight(page, faults, 'what a new version changes');
    assert.match(await page.textContent('main'), /Perbedaan dari versi 1[^]*berubah: bunyinya/);
    await page.goto(`${page.url()}?bahasa=en`);
    await looksRight(page, faults, 'the same, in English');
    assert.match(await page.textContent('main'), /changed: wording/);
    await page.goto(`${page.url().split('?')[0]}?bahasa=id`);
    await press(page, 'form[action$="/batal"] button');
    assert.match(await page.textContent('body'), /Dibatalkan/);
    await page.goto(`${pilar.url}/jejak?tindakan=instrument.install`);
    await looksRight(page, faults, 'the trail');
    assert.match(await page.textContent('main'), new RegExp(`${key}[^]*alasan: formulir dinas`));
    await close();
  });

test('who may not administer gets the usual words', async () => {
  const { page, close } = await openPage(browser, 390);
  await enter(page, pilar, 'sari');
  const reply = await page.goto(`${pilar.url}/instrumen/tambah`);
  assert.equal(reply.status(), 403);
  assert.match(await page.textContent('body'), /administrasi/);
  await close();
});
