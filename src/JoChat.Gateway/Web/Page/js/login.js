// The login that the browser keeps: a cookie that only the gateway reads and writes (docs/adr/0009).

import { Refused } from './line.js';
import { withHash } from './password-hash.js';

const ENDED = 'jochat.logged-out'; // the gateway could not be told yet

/**
 * @param {string} name @param {string} password @param {boolean} takeover ends the account's session elsewhere
 * @returns {Promise<void>} rejected with Refused, or as fetch is
 */
export const keepLogin = (name, password, takeover) =>
  withHash(password, (hash) => keepLoginBy(name, hash, takeover));

/** @param {string} name @param {string} hash @param {boolean} takeover */
async function keepLoginBy(name, hash, takeover) {
  const response = await fetch('session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: name, password: hash, takeover }),
  });
  const answer = await response.json();
  if (answer.status !== 'ok') throw new Refused(answer.code, answer.msg, answer.since);
  localStorage.removeItem(ENDED);
}

/** Forgets the login, which the gateway has revoked. */
export async function endLogin() {
  const answer = await fetch('session', { method: 'DELETE' }).catch(() => null);
  if (answer?.ok) localStorage.removeItem(ENDED);
}

/** Has the login revoked and forgotten as soon as there is a line. */
export const endLoginLater = () => localStorage.setItem(ENDED, 'true');

/** Somebody logged out, and the cookie is still there. */
export const isLoginEnded = () => localStorage.getItem(ENDED) !== null;
