// The last line of ./test counts what the runners said, and what they could not say any more.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countCtest, countGtest, countTap } from '../../tools/summary.mjs';

const kGtest = `<testsuites tests="4" failures="1" disabled="1" errors="0" name="AllTests">
<testsuite name="A" tests="4" failures="1"><testcase name="a" status="run" result="completed" />
<testcase name="b" status="run" result="completed"><failure message="x"></failure></testcase>
<testcase name="c" status="run" result="skipped"><skipped message=""/></testcase>
<testcase name="d" status="notrun" result="suppressed" /></testsuite></testsuites>`;

test('a skipped and a disabled GoogleTest count as failed', () => {
  assert.deepEqual(countGtest(kGtest), { passed: 1, failed: 3 });
});
test('a program counts by its own report, and by one failure when it fell over', () => {
  const green = '<testsuites failures="0" errors="0"><testcase name="a" status="run" result="completed"/></testsuites>';
  const ctest = '<testcase name="unit" status="run"><x/></testcase><testcase name="store" status="fail"></testcase><testcase name="json_fuzz" status="run"/>';
  assert.deepEqual(countCtest(ctest, (name) => (name === 'json_fuzz' ? undefined : green)), [
    { name: 'unit', passed: 1, failed: 0 }, { name: 'store', passed: 1, failed: 1 }, { name: 'json_fuzz', passed: 1, failed: 0 }]);
  assert.deepEqual(countCtest('<testcase name="unit" status="fail">', () => undefined), [{ name: 'unit', passed: 0, failed: 1 }]);
});
test('node tests count by their closing lines; a report cut short is a failure', () => {
  assert.deepEqual(countTap('# pass 3\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 0\n'), { passed: 3, failed: 2 });
  assert.deepEqual(countTap('ok 1 - x\n'), { passed: 0, failed: 1 });
});
