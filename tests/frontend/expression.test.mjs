// The browser's evaluator against the corpus that the server's is held to as well (tests/unit/expression_json_test.cpp).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { differences, load } from './support.mjs';

const corpus = JSON.parse(readFileSync(new URL('../data/expression_cases.json', import.meta.url), 'utf8'));
const expression = await load('expression');

test('every case of the corpus has its value in the browser', () => {
  assert.ok(corpus.cases.length > 150);
  assert.deepEqual(differences(expression, corpus), []);
});

test('a wrong value in the corpus is found', () => {
  const [first, ...rest] = corpus.cases;
  const spoilt = { ...corpus, cases: [{ ...first, value: { n: '8' } }, ...rest] };
  assert.equal(differences(expression, spoilt).length, 1);
});

test('a pattern that the browser does not know leaves the verdict to the server', () => {
  assert.equal(expression.evaluate(['regex', { s: 'a' }, { s: '(?i)A' }], [], 0), null);
});
