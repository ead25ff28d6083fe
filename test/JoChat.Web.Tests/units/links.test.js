import assert from 'node:assert/strict';
import test from 'node:test';
import { pieces } from '../../../src/JoChat.Gateway/Web/Page/js/links.js';

const linksOf = (text) => pieces(text).filter(({ kind }) => kind === 'link').map(({ text: link }) => link);

test('http, https and mailto are links', () => {
  const text = 'See http://a.example/x, https://b.example?q=1#f and mailto:ada@c.example!';
  assert.deepEqual(linksOf(text), ['http://a.example/x', 'https://b.example?q=1#f', 'mailto:ada@c.example']);
});

test('no other scheme is a link', () => {
  for (const text of [
    'javascript:alert(1)', 'JaVaScRiPt://a.example/%0aalert(1)', 'data:text/html,<script>alert(1)</script>',
    'vbscript:x', 'file:///etc/passwd', 'blob:https:x', 'java\nscript:alert(1)', '//a.example', 'www.a.example',
    'ftp://a.example', 'http:', 'https://', 'mailto:nobody', 'xhttp://a.example',
  ]) assert.deepEqual(linksOf(text), [], text);
});

test('every address that a link leads to has an allowed scheme', () => {
  for (const text of ['https://a.example', 'HTTP://A.EXAMPLE', 'mailto:a@b', 'https://javascript:x@a.example/']) {
    for (const { kind, href } of pieces(text)) if (kind === 'link') assert.match(href, /^(?:https?:\/\/|mailto:)/);
  }
});

test('the pieces are the text again', () => {
  for (const text of [
    '', 'a', 'https://a.example', '(https://a.example/(b)) `code` end.', '``', '`open', 'a `b` https://c.example, `d`',
    'https://a.example\nhttps://b.example', '“https://a.example”', 'mailto:x https://', '\u202Ehttps://a.example',
  ]) {
    const again = pieces(text).map((piece) => (piece.kind === 'code' ? `\`${piece.text}\`` : piece.text)).join('');
    assert.equal(again, text);
  }
});

test('punctuation and brackets around a link are the sentence’s', () => {
  assert.deepEqual(linksOf('(https://a.example/b).'), ['https://a.example/b']);
  assert.deepEqual(linksOf('https://a.example/b_(c)'), ['https://a.example/b_(c)']);
  assert.deepEqual(linksOf('"https://a.example"'), ['https://a.example']);
  assert.deepEqual(linksOf('<https://a.example>'), ['https://a.example']);
});

test('what stands between backticks is code, and no link', () => {
  assert.deepEqual(pieces('`https://a.example`'), [{ kind: 'code', text: 'https://a.example' }]);
});

test('a long hostile text is read in a moment', () => {
  const start = performance.now();
  for (const part of ['(', ')', '`', 'http://', 'https://a.', 'mailto:@', '.,:;']) pieces(part.repeat(65_535 / part.length));
  pieces(`https://a.example/${')'.repeat(65_000)}`);
  pieces(`https://a.example/${').'.repeat(32_000)}`);
  assert.ok(performance.now() - start < 2000);
});
