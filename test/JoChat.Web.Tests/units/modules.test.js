import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const page = new URL('../../../src/JoChat.Gateway/Web/Page/', import.meta.url);
const textOf = (url) => readFileSync(url, 'utf8');

/** Everything that a module imports, and what that imports. */
function imported(url, known = new Set()) {
  if (known.has(url.href)) return known;
  known.add(url.href);
  for (const [, path] of textOf(url).matchAll(/^import .*?from '(\..+?)';$/gms)) imported(new URL(path, url), known);
  return known;
}

test('the page preloads every module it needs and no other', () => {
  const preloaded = [...textOf(new URL('index.html', page)).matchAll(/"modulepreload" href="([^"]+)"/g)]
    .map(([, path]) => path);
  const needed = [...imported(new URL('js/app.js', page))].map((href) => href.slice(page.href.length));
  assert.deepEqual(preloaded.toSorted(), needed.filter((path) => path !== 'js/app.js').toSorted());
});
