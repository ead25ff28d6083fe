// One conversation: who it is with, the messages, and the text field. Without one, what to do.

import { avatar } from '../avatar.js';
import { block } from './blocking.js';
import { bdi, h, replace } from '../dom.js';
import { icon } from '../icons.js';
import { show as showConversation } from '../routes.js';
import { texts } from '../texts.js';
import { View, viewOf } from '../view.js';
import { Composer } from './composer.js';
import { MessageList } from './message-list.js';
import { openPeople } from './people-dialog.js';

/** @typedef {import('../state.js').State} State */

const isTouch = matchMedia('(pointer: coarse)');

export class ConversationView extends View {
  /** @type {string | null | undefined} */
  #name;
  #title = h('h1', { class: 'title', tabindex: -1 });
  #figure = h('span', { class: 'figure' });
  #presence = h('p', { class: 'aside', role: 'status' });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #expiring;
  /** @type {Composer | null} */
  #composer = null;

  /** @param {State} state */
  show(state) {
    if (state.open !== this.#name) this.#change(state.open);
    if (state.open !== null) this.#showPresence(state, state.open);
  }

  /** Where the eye goes when a conversation opens. A touch screen's keyboard stays away until it is wanted. */
  focusIt() {
    if (isTouch.matches) this.#title.focus();
    else this.#composer?.focusIt();
  }

  /** @param {string | null} name */
  #change(name) {
    this.#name = name;
    this.#composer = null;
    if (name === null) {
      replace(this, h('div', { class: 'empty' },
        h('h2', null, texts.chooseTitle),
        h('p', null, texts.chooseText),
        h('button', { class: 'button', onclick: () => openPeople(this) }, texts.findPeople)));
      return;
    }
    const messages = viewOf(MessageList, this);
    const composer = viewOf(Composer, this);
    messages.name = name;
    composer.name = name;
    composer.onleave = () => messages.focusOwn();
    composer.onsent = () => messages.follow();
    this.#composer = composer;
    replace(this.#figure, avatar(name));
    replace(this.#title, bdi(name, 'name'));
    replace(this,
      h('header', { class: 'pane-head' },
        h('button', { class: 'icon-button back', 'aria-label': texts.back, onclick: () => showConversation(null) },
          icon('back')),
        this.#figure,
        h('div', { class: 'title-lines' }, this.#title, this.#presence),
        name !== this.store.state.me
          && h('button', { class: 'button', onclick: () => void block(this, name) }, texts.block)),
      messages, composer);
  }

  /** @param {State} state @param {string} name */
  #showPresence({ typing, online, gone, me, conversations, line }, name) {
    clearTimeout(this.#expiring);
    const left = (typing[name] ?? 0) - Date.now();
    if (left > 0) this.#expiring = setTimeout(() => this.show(this.store.state), left);
    const isConnected = line.status === 'online';
    const isOnline = isConnected && online.includes(name);
    const isWatched = isConnected && conversations.some((one) => one.with === name);
    const words = name === me ? texts.noteToSelf : gone.includes(name) ? texts.gone : left > 0 ? texts.isTyping : isOnline ? texts.online
      : isWatched ? texts.offline : '';
    if (this.#presence.textContent !== words) replace(this.#presence, words);
    this.#presence.toggleAttribute('data-live', left > 0 || isOnline);
  }
}
customElements.define('conversation-view', ConversationView);
