import assert from 'node:assert/strict';
import test from 'node:test';
import { visible } from '../../../src/JoChat.Gateway/Web/Page/js/dom.js';

test('control characters are shown, tab and line feed stay', () => {
  assert.equal(visible('a\u0000b\u001Bc\u007F'), 'a\u2400b\u241Bc\u2421');
  assert.equal(visible('a\tb\nc'), 'a\tb\nc');
});

test('characters that turn the direction of what follows are shown', () => {
  assert.equal(visible('user\u202Egnp.exe'), 'user⟨U+202E⟩gnp.exe');
  for (const character of '\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFEFF') {
    assert.doesNotMatch(visible(character), new RegExp(character));
  }
});

test('every script and emoji stays what it is', () => {
  for (const text of ['שלום', 'سلام', '日本語', '👩‍👩‍👧', 'é']) assert.equal(visible(text), text);
});
