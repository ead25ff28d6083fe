// Reads what was written in a conversation, a page at a time.

import { fromWire } from './wire.js';

const PAGE = 60;
const MOST = 500; // messages in one answer
const CONTEXT = 20; // messages before the unread ones

export class History {
  #store;
  #ask;
  /** @type {Map<string, Promise<void>>} */
  #reading = new Map();

  /**
   * @param {import('./store.js').Store} store
   * @param {(data: Record<string, any>) => Promise<Record<string, any>>} ask sends a `history` request
   */
  constructor(store, ask) {
    this.#store = store;
    this.#ask = ask;
  }

  /** All that is unread and something before, so that reading goes on where it stopped. @param {string} name */
  readNewest(name) {
    const unread = this.#store.state.conversations.find((one) => one.with === name)?.unread ?? 0;
    return this.#read(name, { count: Math.min(MOST, Math.max(PAGE, unread + CONTEXT)) });
  }

  /** What is older than the messages in the page. @param {string} name */
  async readOlder(name) {
    const thread = this.#store.state.threads[name];
    if (!thread || !thread.hasOlder || thread.messages.length === 0) return;
    await this.#read(name, { count: PAGE, before: thread.messages[0].id });
  }

  /** @param {string} name @param {{count: number, before?: number}} page */
  #read(name, page) {
    const key = `${page.before ?? 'newest'} ${name}`;
    const known = this.#reading.get(key);
    if (known) return known;
    this.#store.dispatch({ type: 'loading', name, before: page.before });
    const reading = this.#ask({ with: name, ...page })
      .then(
        ({ messages }) => this.#store.dispatch({
          type: 'history', name, before: page.before, messages: messages.map(fromWire.message),
        }),
        () => this.#store.dispatch({ type: 'notLoaded', name, before: page.before }))
      .finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }
}
