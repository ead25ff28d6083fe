import assert from 'node:assert/strict';
import test from 'node:test';
import { Store } from '../../../src/JoChat.Gateway/Web/Page/js/store.js';

test('many changes before a frame are told once, with the last state', () => {
  const frames = [];
  const store = new Store((tell) => frames.push(tell));
  const seen = [];
  const unsubscribe = store.subscribe(({ drafts }) => seen.push(drafts.bob));
  for (const text of ['a', 'ab', 'abc']) store.dispatch({ type: 'draft', name: 'bob', text });
  assert.equal(frames.length, 1);
  frames[0]();
  assert.deepEqual(seen, [undefined, 'abc']);
  unsubscribe();
  store.dispatch({ type: 'draft', name: 'bob', text: '' });
  frames[1]();
  assert.equal(seen.length, 2);
});
