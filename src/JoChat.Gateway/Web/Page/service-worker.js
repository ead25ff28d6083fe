// Keeps the page's own files, so that it opens without a connection. The network comes first: a newer server's page is
// shown at once, and what is kept is only for when nothing answers.

const NAME = 'jochat-shell-1';
const SHELL = ['./', 'style.css', 'icon.svg', 'manifest.webmanifest', 'js/app.js'];
const NOT_OURS = ['ws', 'session'];

const worker = /** @type {any} */ (globalThis); // tsc knows a page's globals here, not a worker's
const scope = new URL('./', location.href);

worker.addEventListener('install', (/** @type {any} */ event) => {
  event.waitUntil(keepShell().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil(forgetOthers().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const url = new URL(request.url);
  const path = url.pathname.slice(scope.pathname.length);
  if (request.method !== 'GET' || url.origin !== scope.origin || NOT_OURS.includes(path)) return;
  event.respondWith(answer(request));
});

// The page itself lists its modules, as modulepreload: one list for both.
async function keepShell() {
  const cache = await caches.open(NAME);
  const page = await (await fetch('./', { cache: 'no-cache' })).text();
  const modules = [...page.matchAll(/<link rel="modulepreload" href="([^"]+)"/g)].map(([, href]) => href);
  await cache.addAll([...SHELL, ...modules].map((path) => new Request(path, { cache: 'no-cache' })));
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
}

/** @param {Request} request */
async function answer(request) {
  const cache = await caches.open(NAME);
  try {
    const response = await fetch(request);
    const isOurs = response.ok && !new URL(request.url).search; // else whoever links to us can fill the disk
    if (isOurs) await cache.put(request, response.clone()).catch(() => {}); // the disk is full
    return response;
  } catch (fault) {
    const kept = await cache.match(request.mode === 'navigate' ? './' : request, { ignoreSearch: true });
    if (kept) return kept;
    throw fault;
  }
}
