// What a form shows while it is filled in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './support.mjs';

const { judge, missing, shown } = await load('live');
const words = { number: '“{0}” bukan angka.', digits: 'Paling banyak {0} angka.', small: 'Paling kecil {0}.', large: 'Paling besar {0}.', long: '{0} dari {1}', constraint: 'Tidak sesuai.' };
const form = {
  zone: 7,
  comma: true,
  words,
  items: [
    { key: 'patuh', kind: 'code', options: [['ya', 1], ['tidak', 0]] },
    { key: 'lama', kind: 'number', digits: 1, low: '0', high: '300', most: '100000000000', when: ['=', ['item', 0], { s: 'ya' }], must: ['>', ['item', 1], { n: '0' }], message: 'Lebih dari nol.' },
    { key: 'menit', kind: 'calculation', digits: 2, most: '10000000000', formula: ['div', ['item', 1], { n: '60' }] },
    { key: 'catatan', kind: 'text', length: 5 },
  ],
};
const states = (typed) => judge(form, (key) => typed[key] ?? [], 20778);

test('what is not asked has no value, and nothing is computed from it', () => {
  const [, seconds, minutes] = states({ patuh: ['tidak'], lama: ['90'] });
  assert.equal(seconds.asked, false);
  assert.equal(shown(form, minutes.value), '–');
});
test('a decimal comma is read, the result rounded and written with one', () => {
  const [, seconds, minutes] = states({ patuh: ['1'], lama: ['90,5'] });
  assert.equal(seconds.problem, '');
  assert.equal(shown(form, minutes.value), '1,51');
});
test('limits, digits and constraints say what is wrong, and nothing counts with a wrong answer', () => {
  const said = (typed) => states({ patuh: ['ya'], lama: [typed] })[1].problem;
  assert.equal(said('abc'), '“abc” bukan angka.');
  assert.equal(said('1.234,5'), '“1.234,5” bukan angka.');
  assert.equal(said('1,55'), 'Paling banyak 1 angka.');
  assert.equal(said('-1'), 'Paling kecil 0.');
  assert.equal(said('301'), 'Paling besar 300.');
  assert.equal(said('0'), 'Lebih dari nol.');
  assert.equal(states({ patuh: ['ya'], lama: ['0'] })[2].value, null);
});
test('a reason for no answer is no answer, and blanks around a text do not count', () => {
  assert.equal(states({ patuh: ['_not_observed'] })[1].asked, false);
  assert.equal(states({ catatan: ['  lima!  '] })[3].problem, '');
  assert.equal(states({ catatan: ['enam!!'] })[3].problem, '6 dari 5');
});
test('what has not happened is said to be future, but not what was booked', () => {
  const moments = { ...form, words: { ...words, future: 'Masa depan: {0}' }, items: [{ key: 'diterima', kind: 'instant' }, { key: 'pesan', kind: 'instant', ahead: true }] };
  const at = (text) => judge(moments, () => [text], 20778);
  const [received, booked] = at('2999-01-31T08:15');
  assert.deepEqual([received.value, received.problem], [null, 'Masa depan: 2999-01-31 08:15']);
  assert.equal(booked.problem, '');
  assert.equal(at(new Date(Date.now() + 7 * 3_600_000 - 60_000).toISOString())[0].problem, '', 'a minute ago, in a zone seven hours ahead');
});
test('large numbers are written in groups', () => {
  assert.equal(shown(form, { unscaled: -123456789n, digits: 2 }), '−1.234.567,89');
  assert.equal(shown({ ...form, comma: false }, { unscaled: 1000n, digits: 0 }), '1,000');
});
test('what is needed and asked but has no answer is missing; a reason for none is an answer', () => {
  const needed = { ...form, items: form.items.map((item) => ({ ...item, required: item.kind !== 'text' })) };
  const lacks = (typed) => missing(needed, judge(needed, (key) => typed[key] ?? [], 20778), (key) => typed[key] ?? []);
  assert.deepEqual(lacks({}), ['patuh'], 'what is not asked and what is computed is never missing');
  assert.deepEqual(lacks({ patuh: ['ya'], lama: [' '] }), ['lama']);
  assert.deepEqual(lacks({ patuh: ['ya'], lama: ['_not_observed'] }), []);
});
