import assert from 'node:assert/strict';
import test from 'node:test';
import { delayBefore } from '../../../src/JoChat.Gateway/Web/Page/js/backoff.js';

test('the delay doubles up to half a minute and no further', () => {
  const longest = Array.from({ length: 9 }, (_, attempt) => delayBefore(attempt, 1));
  assert.deepEqual(longest, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  assert.equal(delayBefore(100_000, 1), 30_000);
});

test('chance takes away half at most', () => {
  for (const attempt of [0, 3, 50]) assert.equal(delayBefore(attempt, 0), delayBefore(attempt, 1) / 2);
});
