import assert from 'node:assert/strict';
import { test } from 'node:test';

import { strength } from '../../../src/JoChat.Gateway/Web/Page/js/passwords.js';

test('what everybody tries first is very easy to guess', () => {
  for (const password of ['', '123456', 'password1', 'qwertz', 'aaaaaaaaaaaaaaaa', 'Ada1815-ada']) {
    assert.equal(strength(password, 'ada'), 0, password);
  }
});

test('length makes a password strong', () => {
  const growing = ['loom', 'loomcard', 'loomcard weave', 'loomcard weave mill'].map((one) => strength(one, 'ada'));
  assert.deepEqual(growing, growing.toSorted());
  assert.equal(growing.at(-1), 4);
});
