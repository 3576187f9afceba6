// What may not move the page under a finger.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './support.mjs';

const listeners = new Map();
globalThis.document = {};
globalThis.addEventListener = (type, listen) => listeners.set(type, listen);
const { afterPress } = await load('press');
const happen = (type) => listeners.get(type)();
const turn = () => new Promise((resolve) => setTimeout(resolve));

test('what would move the page waits until the click of a press has come, and else happens at once', async () => {
  const done = [];
  afterPress(() => done.push('before'));
  assert.deepEqual(done, ['before']);
  happen('mousedown');
  afterPress(() => done.push('one'));
  afterPress(() => done.push('two'));
  happen('mouseup');
  assert.deepEqual(done, ['before'], 'the click comes in the same turn as the mouse goes up');
  await turn();
  assert.deepEqual(done, ['before', 'one', 'two']);
  afterPress(() => done.push('after'));
  assert.equal(done.at(-1), 'after');
});

test('a press that leaves the window is over too', async () => {
  let isDone = false;
  happen('mousedown');
  afterPress(() => (isDone = true));
  happen('blur');
  await turn();
  assert.ok(isDone);
});
