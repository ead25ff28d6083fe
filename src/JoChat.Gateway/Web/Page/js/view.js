// What all views have in common: they are given the store and the chat, build themselves once, and are shown each
// state.

/** @typedef {import('./state.js').State} State */

export class View extends HTMLElement {
  /** @type {import('./store.js').Store} */
  store = /** @type {any} */ (null);
  /** @type {import('./chat.js').Chat} */
  chat = /** @type {any} */ (null);
  #isBuilt = false;
  #unsubscribe = () => {};

  connectedCallback() {
    if (!this.#isBuilt) this.build();
    this.#isBuilt = true;
    this.#unsubscribe = this.store.subscribe((state) => this.show(state));
  }

  disconnectedCallback() { this.#unsubscribe(); }

  /** Makes the children. Called once, before the first state is shown. */
  build() {}

  /** Changes what differs. @param {State} _state */
  show(_state) {}
}

/**
 * Makes a view out of its class, which is registered under a tag.
 * @template {View} V
 * @param {new () => V} type @param {{store: import('./store.js').Store, chat: import('./chat.js').Chat}} owner
 * @returns {V}
 */
export function viewOf(type, { store, chat }) {
  const made = new type();
  made.store = store;
  made.chat = chat;
  return made;
}
