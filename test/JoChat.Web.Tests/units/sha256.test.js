import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { sha256Hex } from '../../../src/JoChat.Gateway/Web/Page/js/sha256.js';

const expected = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

test('texts of every length around the ends of blocks hash as they should', () => {
  for (let length = 0; length <= 260; length++) {
    const text = 'x'.repeat(length);
    assert.equal(sha256Hex(text), expected(text), `${length}`);
  }
});

test('texts in any script hash as their UTF-8', () => {
  for (const text of ['pässwörd', '密码', '🔑'.repeat(50), '\u0000', 'é', 'e\u0301']) {
    assert.equal(sha256Hex(text), expected(text), text);
  }
});
