import assert from 'node:assert/strict';
import test from 'node:test';
import { Refused } from '../../../src/JoChat.Gateway/Web/Page/js/line.js';
import { passwordHash, withHash } from '../../../src/JoChat.Gateway/Web/Page/js/password-hash.js';
import { sha256Hex } from '../../../src/JoChat.Gateway/Web/Page/js/sha256.js';

const [composed, uncomposed] = ['p\u00E9', 'pe\u0301'];
const wrong = new Refused('bad_credentials', 'Wrong.');

test('it does not matter how a keyboard composes a letter', () => {
  assert.equal(passwordHash(uncomposed), passwordHash(composed));
  assert.equal(passwordHash(composed), sha256Hex(composed));
});

test('what is no text is refused', () => {
  for (const password of ['p\uFFFD', 'p\uD800', '\uDC00\uD800']) {
    assert.throws(() => passwordHash(password), { code: 'invalid_password' });
  }
  assert.doesNotThrow(() => passwordHash('🔑'));
});

test('a password is tried as typed if its composed form is wrong', async () => {
  const asked = [];
  const answer = await withHash(uncomposed, async (hash) => {
    asked.push(hash);
    if (asked.length === 1) throw wrong;
    return 'in';
  });
  assert.equal(answer, 'in');
  assert.deepEqual(asked, [sha256Hex(composed), sha256Hex(uncomposed)]);
});

test('it is tried once if it has one form, or is refused for another reason', async () => {
  for (const [password, refusal] of [[composed, wrong], [uncomposed, new Refused('busy', 'Later.')]]) {
    let asked = 0;
    await assert.rejects(withHash(password, async () => { asked++; throw refusal; }), refusal);
    assert.equal(asked, 1);
  }
});
