// Letters above a chart may not cover each other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './support.mjs';

const { noteLines } = await load('notes');
const shown = (notes, pixels) => noteLines(notes, pixels).map(({ xAxis, label }) => [xAxis, label.show ? label.formatter : '']);
const three = [{ at: 3, letter: 'A' }, { at: 4, letter: 'B' }, { at: 5, letter: 'C' }];

test('with room each note has its own letter above its line', () => {
  assert.deepEqual(shown(three, 40), [[3, 'A'], [4, 'B'], [5, 'C']]);
  assert.deepEqual(shown([], 40), []);
});
test('without room neighbours share one label over the middle of them, and every line stays', () => {
  assert.deepEqual(shown(three, 10), [[3, ''], [4, 'A B C'], [5, '']]);
  assert.deepEqual(shown([...three, { at: 12, letter: 'D' }], 10), [[3, ''], [4, 'A B C'], [5, ''], [12, 'D']]);
  assert.deepEqual(shown([{ at: 1, letter: 'A B' }, { at: 4, letter: 'C' }], 10), [[1, 'A B C'], [4, '']], 'two letters at one point need more room');
});
