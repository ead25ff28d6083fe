import assert from 'node:assert/strict';
import { test } from 'node:test';

import { MessageWindow, SIZE, STEP } from '../../../src/JoChat.Gateway/Web/Page/js/views/message-window.js';

const messages = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => ({ id: first + index }));

test('it follows the newest messages', () => {
  const shown = new MessageWindow();
  assert.deepEqual(shown.range(messages(1, 1000)), { start: 1000 - SIZE, end: 1000 });
  assert.deepEqual(shown.range(messages(1, 3)), { start: 0, end: 3 });
});

test('held, it does not move when newer or older messages come', () => {
  const shown = new MessageWindow();
  shown.hold(messages(501, 1000));
  assert.equal(shown.range(messages(501, 1100)).start, 500 - SIZE);
  assert.equal(shown.range(messages(1, 1000)).start, 1000 - SIZE);
});

test('it moves up by steps to the first message and no further', () => {
  const shown = new MessageWindow();
  const all = messages(1, SIZE + STEP + 1);
  assert.equal(shown.up(all), true);
  assert.equal(shown.range(all).start, 1);
  assert.equal(shown.up(all), true);
  assert.equal(shown.range(all).start, 0);
  assert.equal(shown.up(all), false);
});

test('it moves down to the last message and no further', () => {
  const shown = new MessageWindow();
  const all = messages(1, SIZE + STEP);
  shown.up(all);
  assert.equal(shown.down(all), true);
  assert.deepEqual(shown.range(all), { start: STEP, end: SIZE + STEP });
  assert.equal(shown.down(all), false);
});

test('it stays in place when its first message is deleted', () => {
  const shown = new MessageWindow();
  shown.hold(messages(1, 500));
  const left = messages(1, 500).filter(({ id }) => id !== 500 - SIZE + 1);
  assert.equal(left[shown.range(left).start].id, 500 - SIZE + 2);
});

test('it is put around a message', () => {
  const shown = new MessageWindow();
  for (const [id, start] of [[500, 499 - SIZE / 2], [1, 0], [1000, 1000 - SIZE]]) {
    shown.holdAround(messages(1, 1000), id);
    assert.deepEqual([shown.range(messages(1, 1000)).start, shown.isFollowing], [start, false]);
  }
  shown.holdAround(messages(1, 3), 2);
  assert.deepEqual(shown.range(messages(1, 3)), { start: 0, end: 3 });
});
