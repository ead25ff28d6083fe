// The conversations, the newest first. No row moves while the pointer is over the list.

import { h, replace } from '../dom.js';
import { icon } from '../icons.js';
import { keyed } from '../keyed.js';
import { show } from '../routes.js';
import { texts } from '../texts.js';
import { View } from '../view.js';
import { openAccount } from './account-dialog.js';
import { makeRow, rowOf, updateRow } from './conversation-row.js';
import { openHelp } from './help-dialog.js';
import { openPeople } from './people-dialog.js';

/** @typedef {import('../state.js').State} State */

const MINUTE = 60_000;
const NEAR = 400; // px to the end: then more are read

export class ConversationList extends View {
  #list = h('ul', { class: 'conversations' });
  #empty = h('div', { class: 'empty' });
  /** @type {string[]} */
  #order = [];
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #clock;
  #isReadingMore = false;
  #reading = ''; // of what it was looked whether they fill the view
  #isPointedAt = false;

  build() {
    this.append(
      h('header', { class: 'pane-head' },
        h('h1', null, texts.appName),
        iconButton('help', texts.help, openHelp),
        iconButton('account', texts.account, () => openAccount(this)),
        iconButton('people', texts.findPeople, () => openPeople(this))),
      h('nav', { class: 'scroller', 'aria-label': texts.conversations, onscroll: () => this.#readMore() },
        this.#list, this.#empty));
    this.#list.addEventListener('click', (event) => this.#open(event));
    this.#list.addEventListener('keydown', (event) => this.#move(event));
    this.addEventListener('pointerenter', ({ pointerType }) => { this.#isPointedAt = pointerType === 'mouse'; });
    this.addEventListener('pointerleave', () => {
      this.#isPointedAt = false;
      this.show(this.store.state);
    });
  }

  connectedCallback() {
    super.connectedCallback();
    this.#clock = setInterval(() => this.show(this.store.state), MINUTE); // today becomes yesterday
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#clock);
  }

  /** @param {State} state */
  show(state) {
    const now = Date.now();
    const rows = this.#ordered(state).map((conversation) => rowOf(state, conversation, now));
    keyed(this.#list, rows, makeRow, updateRow);
    this.#order = rows.map(({ key }) => key);
    const isEmpty = rows.length === 0;
    if (isEmpty !== (this.#empty.firstChild !== null)) {
      replace(this.#empty, ...isEmpty ? [
        h('h2', null, texts.noConversations),
        h('p', null, texts.noConversationsHint),
        h('button', { class: 'button primary', onclick: () => openPeople(this) }, texts.findPeople)] : []);
    }
    this.#list.hidden = isEmpty;
    const reading = `${rows.length} ${state.line.status}`;
    if (reading !== this.#reading) void this.#readMore();
    this.#reading = reading;
    this.#letTabIn(state.open);
  }

  /** Puts the focus on a row: of a name, or else the one that Tab would reach. @param {string | null} name */
  focusRow(name) {
    const links = this.#links();
    const link = links.find((one) => one.parentElement?.dataset.name === name)
      ?? links.find((one) => one.tabIndex === 0);
    (link ?? /** @type {HTMLElement | null} */ (this.querySelector('.empty button')))?.focus();
  }

  // New conversations are added below while the pointer keeps the order.
  /** @param {State} state */
  #ordered({ conversations, open }) {
    const listed = conversations.some((one) => one.with === open) || open === null
      ? conversations : [{ with: open, unread: 0, last: null }, ...conversations];
    if (!this.#isPointedAt) return listed;
    const places = new Map(this.#order.map((name, index) => [name, index]));
    const place = (/** @type {{with: string}} */ one) => places.get(one.with) ?? this.#order.length;
    return listed.toSorted((a, b) => place(a) - place(b));
  }

  // One row is in the order of Tab: the one that has the focus, the open one, or the first.
  /** @param {string | null} open */
  #letTabIn(open) {
    const links = this.#links();
    const chosen = links.find((one) => one === document.activeElement)
      ?? links.find((one) => one.parentElement?.dataset.name === open) ?? links[0];
    for (const link of links) link.tabIndex = link === chosen ? 0 : -1;
  }

  /** @param {MouseEvent} event */
  #open(event) {
    const row = /** @type {Element} */ (event.target).closest('li');
    if (!row?.dataset.name || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    show(row.dataset.name);
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const links = this.#links();
    const at = links.findIndex((one) => one === document.activeElement);
    /** @type {Record<string, number>} */
    const targets = {
      ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: links.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const link = links[Math.max(0, Math.min(links.length - 1, target))];
    link?.focus();
    this.#letTabIn(null);
  }

  async #readMore() {
    const scroller = /** @type {HTMLElement} */ (this.#list.parentElement);
    const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    if (left > NEAR || this.#isReadingMore || !this.store.state.hasMoreConversations) return;
    this.#isReadingMore = true;
    await this.chat.loadConversations().catch(() => {}); // the next scroll tries again
    this.#isReadingMore = false;
  }

  #links() { return /** @type {HTMLElement[]} */ ([...this.#list.querySelectorAll('a')]); }
}
customElements.define('conversation-list', ConversationList);

/** @param {import('../icons.js').IconName} name @param {string} label @param {() => void} onclick */
const iconButton = (name, label, onclick) =>
  h('button', { class: 'icon-button', 'aria-label': label, title: label, onclick }, icon(name));
