import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import vm from 'node:vm';

const source = readFileSync(new URL('../../../src/JoChat.Gateway/Web/Page/service-worker.js', import.meta.url), 'utf8');

/** What the worker answers to a request, and under which addresses it kept the answer. */
async function answer(address, cache = {}) {
  const listeners = {};
  const kept = [];
  const open = async () => ({ put: async (request) => void kept.push(request.url), match: async () => undefined, ...cache });
  const worker = {
    addEventListener: (type, listener) => { listeners[type] = listener; },
    location: { href: 'http://here/service-worker.js' },
    caches: { open },
    fetch: async () => ({ ok: true, clone: () => ({}), text: 'from the network' }),
    URL,
  };
  vm.runInContext(source, vm.createContext(worker));
  let answered;
  const request = { method: 'GET', url: address, mode: 'navigate' };
  listeners.fetch({ request, respondWith: (response) => { answered = response; } });
  return { text: (await answered).text, kept };
}

test('what cannot be kept is answered all the same', async () => {
  const full = { put: async () => { throw new Error('no room'); }, match: async () => ({ text: 'of an older version' }) };
  assert.equal((await answer('http://here/', full)).text, 'from the network');
});

test('what is kept does not grow with what is asked', async () => {
  assert.deepEqual((await answer('http://here/js/app.js')).kept, ['http://here/js/app.js']);
  assert.deepEqual((await answer('http://here/?one=1')).kept, []);
});
