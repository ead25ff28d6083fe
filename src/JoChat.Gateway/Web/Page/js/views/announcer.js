// Tells a screen reader of messages that come.

import { h, replace, visible } from '../dom.js';
import { texts } from '../texts.js';
import { clock } from '../times.js';

/** @typedef {import('../types.js').Message} Message */

const MOST = 3; // messages at once that are read out; of more only the number is told
const LONGEST = 300; // characters

export class Announcer {
  element = h('div', { class: 'visually-hidden', 'aria-live': 'polite' });
  #through = 0;

  /**
   * Tells of the other one's messages that came since the last call; the first call tells of none.
   * @param {string} name @param {Message[]} messages all of them
   */
  tell(name, messages) {
    const fresh = this.#through === 0 ? [] : foreignSince(messages, name, this.#through);
    this.#through = Math.max(this.#through, messages.at(-1)?.id ?? 0);
    if (fresh.length === 0) return;
    replace(this.element, ...fresh.length > MOST
      ? [texts.announcedMany(visible(name), fresh.length)]
      : fresh.map(({ sentAt, content }) => h('p', null,
        texts.announced(visible(name), clock(sentAt), visible(content.slice(0, LONGEST))))));
  }
}

/**
 * The other one's messages that came later.
 * @param {Message[]} messages by ascending id @param {string} name @param {number} id
 */
export function foreignSince(messages, name, id) {
  const last = messages.findLastIndex((message) => message.id <= id);
  return messages.slice(last + 1).filter(({ sender }) => sender === name);
}
