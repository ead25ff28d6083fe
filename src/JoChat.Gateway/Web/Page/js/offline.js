// Keeps the page's files for a start without a connection. That reads all of them again, so it waits until the page has
// started.

export function keepForOffline() {
  if (!('serviceWorker' in navigator)) return; // the page came over plain HTTP from another machine
  // Trusted Types: this page loads one script by address, and no other.
  const policy = /** @type {any} */ (window).trustedTypes?.createPolicy('service-worker', {
    createScriptURL: () => 'service-worker.js',
  });
  navigator.serviceWorker.register(policy ? policy.createScriptURL('') : 'service-worker.js').catch(() => {});
}
