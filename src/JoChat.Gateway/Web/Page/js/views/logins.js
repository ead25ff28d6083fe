// The logins that are kept, here and elsewhere, and an end to those elsewhere.

import { bdi, h, replace } from '../dom.js';
import { explain } from '../faults.js';
import { texts } from '../texts.js';
import { brief, exact } from '../times.js';

/** @typedef {import('../view.js').View} View */
/** @typedef {import('../chat.js').Login} Login */

/** A list that is read when it is opened. @param {View} owner */
export function keptLogins({ chat }) {
  const list = h('ul', { class: 'logins' });
  const hint = h('p', { class: 'hint', role: 'status' });
  /** @param {Promise<unknown>} done */
  const told = (done) => done.catch((fault) => replace(hint, explain(fault)));
  const read = async () => replace(list, ...(await chat.listLogins()).map(row));
  /** @param {Login} login */
  const end = async (login) => {
    await chat.endLogin(login.id);
    await read();
    replace(hint, texts.loginEnded);
  };
  // Last comes what a client calls itself: that may be anything.
  const row = (/** @type {Login} */ login) => h('li', null,
    h('time', { datetime: new Date(login.used_at).toISOString(), title: exact(login.used_at) },
      brief(login.used_at, Date.now())),
    ', ', login.address, login.own ? `, ${texts.thisBrowser}` : login.connected && `, ${texts.connectedNow}`, ' ',
    !login.own && h('button', { class: 'button', onclick: () => void told(end(login)) }, texts.endLogin), ' ',
    bdi(login.client, 'name'));
  const details = /** @type {HTMLDetailsElement} */ (
    h('details', null, h('summary', null, texts.logins), h('p', { class: 'hint' }, texts.loginsHint), list, hint));
  details.addEventListener('toggle', () => { if (details.open) void told(read()); });
  return details;
}
