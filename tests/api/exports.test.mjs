// Exports say what the program says: the rows of a workbook, read back by exceljs, are those of the CSV file, with real numbers and dates.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { kFacility, startApi } from './support.mjs';

const ExcelJS = createRequire(import.meta.url)('exceljs');
let api;
before(async () => { api = await startApi(); });
after(() => api.stop());

/** Fields of a CSV file (RFC 4180). */
function csvRows(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.replace(/^﻿/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1 || row[0]);
}

const monthsAgo = (n) => new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - n, 1)).toISOString().slice(0, 7);
const export_ = (instrument, format, file) => api.pilar('export', '--instrument', instrument, '--place', kFacility,
  '--from', monthsAgo(4), '--to', monthsAgo(0), '--format', format, '--to-file', file);

for (const instrument of ['kunjungan-bulanan', 'kessan', 'skm']) {
  test(`${instrument}: workbook and CSV hold the same rows`, async () => {
    const [csv, xlsx] = ['csv', 'xlsx'].map((kind) => join(api.folder, `${instrument}.${kind}`));
    export_(instrument, 'csv', csv);
    export_(instrument, 'xlsx', xlsx);
    const [titles, ...rows] = csvRows(readFileSync(csv, 'utf8'));
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(xlsx);
    const [sheet] = book.worksheets;
    const heading = sheet.views[0].ySplit;
    assert.equal(sheet.views[0].state, 'frozen');
    assert.deepEqual(sheet.getRow(heading).values.slice(1), titles);
    assert.ok(sheet.autoFilter, 'the headings have filters');
    const notes = Object.fromEntries(Array.from({ length: heading - 2 }, (_, i) => [sheet.getCell(i + 1, 1).text, sheet.getCell(i + 1, 2).text]));
    assert.equal(notes['Jumlah baris'], String(rows.length));
    assert.equal(Object.keys(notes).length, 5, 'caption, place, period, as of, rows');
    assert.equal(sheet.rowCount - heading, rows.length);
    rows.forEach((row, i) => row.forEach((text, j) => {
      const { value } = sheet.getCell(heading + 1 + i, j + 1);
      const where = `${titles[j]} row ${i + 1}`;
      if (text === '') assert.equal(value, null, where);
      else if (value instanceof Date) assert.equal(new Date(Math.round(value.getTime() / 1000) * 1000).toISOString().slice(0, text.length === 10 ? 10 : 16), text.slice(0, text.length === 10 ? 10 : 16), where);
      else if (typeof value === 'number') assert.equal(value, Number(text), where);
      else assert.equal(`'${value}` === text ? text : value, text, where);
    }));
    assert.ok(rows.length > 10);
  });
}

test('an XLSForm is read by exceljs with its three sheets, and comes back as a pack', async () => {
  for (const key of ['kessan', 'skm', 'kunjungan-bulanan']) {
    const file = join(api.folder, `${key}-form.xlsx`);
    api.pilar('pack', 'export', key, '--format', 'xlsform', '--to-file', file);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    assert.deepEqual(book.worksheets.map(({ name }) => name), ['survey', 'choices', 'settings']);
    assert.deepEqual(book.getWorksheet('survey').getRow(1).values.slice(1, 4), ['type', 'name', 'label::Bahasa Indonesia (id)']);
    assert.equal(book.getWorksheet('settings').getCell('B2').value, key);
    const pack = execFileSync(process.env.PILAR ?? new URL('../../build/release/pilar', import.meta.url).pathname, ['pack', 'import', file], { encoding: 'utf8' });
    assert.ok(pack.startsWith(`"instrument": "${key}"\n`));
  }
});
