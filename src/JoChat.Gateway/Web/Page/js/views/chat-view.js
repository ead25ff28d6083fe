// The two panes, conversations and conversation; on a narrow page one at a time.

import { h } from '../dom.js';
import { listenToKeys } from '../keys.js';
import { nameInAddress } from '../routes.js';
import { View, viewOf } from '../view.js';
import { ConversationList } from './conversation-list.js';
import { ConversationView } from './conversation-view.js';
import { LineStatus } from './line-status.js';

export class ChatView extends View {
  #list = /** @type {ConversationList} */ (/** @type {unknown} */ (null));
  #conversation = /** @type {ConversationView} */ (/** @type {unknown} */ (null));
  /** @type {string | null} */
  #open = null;
  #silenceKeys = () => {};

  build() {
    this.#list = viewOf(ConversationList, this);
    this.#conversation = viewOf(ConversationView, this);
    this.append(viewOf(LineStatus, this), h('main', { class: 'panes' }, this.#list, this.#conversation));
  }

  connectedCallback() {
    super.connectedCallback();
    this.#silenceKeys = listenToKeys(this);
    const name = nameInAddress();
    if (name !== this.store.state.open) this.chat.open(name);
    else if (name === null) this.#list.focusRow(null);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#silenceKeys();
  }

  /** @param {import('../state.js').State} state */
  show({ open }) {
    this.toggleAttribute('data-conversation', open !== null);
    if (open === this.#open) return;
    const before = this.#open;
    this.#open = open;
    queueMicrotask(() => { // when the panes have changed
      if (open !== null) this.#conversation.focusIt();
      else this.#list.focusRow(before);
    });
  }
}
customElements.define('chat-view', ChatView);
