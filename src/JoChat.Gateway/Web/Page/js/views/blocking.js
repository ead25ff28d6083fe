// Blocking somebody, and the list of those who are blocked.

import { confirmed } from '../dialogs.js';
import { bdi, h, replace, visible } from '../dom.js';
import { explain } from '../faults.js';
import { texts } from '../texts.js';

/** @typedef {import('../view.js').View} View */

/** Asks, then blocks. @param {View} owner @param {string} name */
export async function block({ store, chat }, name) {
  const title = texts.blockTitle(visible(name));
  if (!await confirmed({ title, text: texts.blockText, action: texts.block, isDanger: true })) return;
  try {
    await chat.blocks.add(name);
    store.dispatch({ type: 'notice', notice: { kind: 'info', text: texts.blocked(name) } });
  } catch (fault) {
    store.dispatch({ type: 'notice', notice: { kind: 'failure', text: explain(fault) } });
  }
}

/** A list that is read when it is opened. @param {View} owner */
export function blockedPeople({ chat }) {
  const list = h('ul', { class: 'blocked' });
  const hint = h('p', { class: 'hint', role: 'status' });
  /** @param {Promise<unknown>} done */
  const told = (done) => done.catch((fault) => replace(hint, explain(fault)));
  const read = async () => {
    const names = await chat.blocks.list();
    replace(hint, names.length === 0 && texts.nobodyBlocked);
    replace(list, ...names.map((name) => h('li', null, bdi(name, 'name'), ' ',
      h('button', { class: 'button', 'aria-label': texts.unblockWhom(visible(name)), onclick: () => void told(remove(name)) },
        texts.unblock))));
  };
  /** @param {string} name */
  const remove = async (name) => {
    await chat.blocks.remove(name);
    await read();
  };
  const details = /** @type {HTMLDetailsElement} */ (h('details', null, h('summary', null, texts.blockedPeople), list, hint));
  details.addEventListener('toggle', () => { if (details.open) void told(read()); });
  return details;
}
