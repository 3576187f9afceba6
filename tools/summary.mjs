// tools/summary.mjs FOLDER: one line for each runner's report and, last, "N passed, N failed". A test that was skipped or
// never ran is a failure, and so is a program that fell over without one of its tests saying so. Exits 1 when any failed.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const count = (text, pattern) => [...text.matchAll(pattern)].length;

/** Counts of a GoogleTest XML report. */
export function countGtest(xml) {
  const all = count(xml, /<testcase /g);
  const failed = Number(/<testsuites [^>]*\bfailures="(\d+)"/.exec(xml)?.[1] ?? 0) + Number(/<testsuites [^>]*\berrors="(\d+)"/.exec(xml)?.[1] ?? 0);
  const skipped = count(xml, /<testcase [^>]*(status="notrun"|result="skipped")/g);
  return { passed: all - failed - skipped, failed: failed + skipped };
}

/** Counts of a CTest JUnit report: each program by its own GoogleTest report where `gtestOf(name)` has one, else as one test. */
export function countCtest(xml, gtestOf) {
  const rows = [];
  for (const [, attributes] of xml.matchAll(/<testcase ([^>]*)>/g)) {
    const name = /\bname="([^"]*)"/.exec(attributes)[1];
    const ok = /\bstatus="run"/.test(attributes);
    const own = gtestOf(name);
    const row = own ? countGtest(own) : { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
    if (!ok && row.failed === 0) row.failed = 1;
    rows.push({ name, ...row });
  }
  return rows;
}

/** Counts of the closing comments of a TAP report by node --test. */
export function countTap(tap) {
  const of = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(tap)?.[1] ?? NaN);
  const failed = of('fail') + of('cancelled') + of('skipped') + of('todo');
  return Number.isNaN(failed) ? { passed: 0, failed: 1 } : { passed: of('pass'), failed };
}

function rowsOf(folder) {
  const rows = [];
  let failedStep;
  for (const file of readdirSync(folder).sort()) {
    const text = () => readFileSync(join(folder, file), 'utf8');
    const [runner] = file.split('.');
    if (file === 'failed-step') failedStep = text();
    if (file.endsWith('.tap')) rows.push({ name: runner, ...countTap(text()) });
    if (!file.endsWith('.ctest.xml')) continue;
    const gtestOf = (name) => {
      const path = join(folder, runner, `${name}.xml`);
      return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    };
    rows.push(...countCtest(text(), gtestOf).map((row) => ({ ...row, name: `${runner} ${row.name}` })));
  }
  // A step that is no test, a build for instance, is told by its name.
  if (failedStep && rows.every((row) => row.failed === 0)) rows.push({ name: failedStep, passed: 0, failed: 1 });
  return rows;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = rowsOf(process.argv[2]);
  for (const { name, passed, failed } of rows) console.log(`${name}: ${passed} passed, ${failed} failed`);
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 || rows.length === 0 ? 1 : 0;
}
