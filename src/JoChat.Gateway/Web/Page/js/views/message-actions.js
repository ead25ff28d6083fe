// What can be done with one message: a small bar that stands at the message that has the pointer or the focus, and the
// keys. One bar for all messages: Tab does not pass through hundreds of buttons.

import { confirmed } from '../dialogs.js';
import { h, replace } from '../dom.js';
import { explain } from '../faults.js';
import { icon } from '../icons.js';
import { texts } from '../texts.js';

/** @typedef {import('../view.js').View} View */

export class MessageActions {
  #owner;
  #list;
  #copy = this.#button('copy', texts.copy, () => this.#copyText());
  #remove = this.#button('remove', texts.deleteMessage, () => void this.#delete());
  #time = h('span', { class: 'time', 'aria-hidden': 'true' }); // the message itself says it to a screen reader
  #bar = h('div', { class: 'actions', role: 'group' }, this.#time, this.#copy, this.#remove);

  /** @param {View} owner @param {HTMLElement} list */
  constructor(owner, list) {
    this.#owner = owner;
    this.#list = list;
    list.addEventListener('pointerover', (event) => this.#stand(event.target));
    list.addEventListener('focusin', (event) => this.#stand(event.target));
    list.addEventListener('pointerleave', () => {
      if (!this.#list.contains(document.activeElement)) this.#bar.remove();
    });
    list.addEventListener('click', (event) => this.#outgoing(event.target));
    list.addEventListener('keydown', (event) => {
      if (event.key === 'Delete' && event.target === this.#message()) void this.#delete();
    });
  }

  // Where the focus is counts more than where the pointer is.
  /** @param {EventTarget | null} target */
  #stand(target) {
    const message = /** @type {Element} */ (target).closest('li.message');
    if (!message || message === this.#message()) return;
    if (this.#bar.contains(document.activeElement)) return;
    this.#remove.hidden = message.classList.contains('own');
    replace(this.#time, message.querySelector('time')?.textContent);
    message.querySelector('.bubble')?.append(this.#bar);
  }

  #message() { return /** @type {HTMLElement | null} */ (this.#bar.closest('li')); }

  #copyText() {
    const id = Number(this.#message()?.dataset.id);
    const { threads, open } = this.#owner.store.state;
    const message = threads[open ?? '']?.messages.find((one) => one.id === id);
    const text = message?.content ?? this.#message()?.querySelector('.text')?.textContent ?? '';
    const say = () => this.#owner.store.dispatch({ type: 'notice', notice: { kind: 'info', text: texts.copied } });
    const fail = () => this.#fail(texts.notCopied);
    if (!navigator.clipboard) fail(); // plain HTTP
    else void navigator.clipboard.writeText(text).then(say, fail);
  }

  async #delete() {
    const message = this.#message();
    if (!message?.dataset.id || message.classList.contains('own')) return;
    message.focus(); // the question gives the focus back
    const isSure = await confirmed({
      title: texts.deleteTitle, text: texts.deleteText, action: texts.delete, isDanger: true,
    });
    if (!isSure) return;
    const letters = [...this.#list.querySelectorAll('li.message')];
    const at = letters.indexOf(message);
    const next = /** @type {HTMLElement | undefined} */ (letters[at + 1] ?? letters[at - 1]);
    try {
      await this.#owner.chat.deleteMessages([Number(message.dataset.id)]);
      next?.focus();
    } catch (fault) {
      this.#fail(explain(fault));
    }
  }

  /** @param {EventTarget | null} target */
  #outgoing(target) {
    const button = /** @type {Element} */ (target).closest('[data-action]');
    const clientId = /** @type {HTMLElement | null} */ (button?.closest('li'))?.dataset.clientId;
    if (!button || !clientId) return;
    const { chat } = this.#owner;
    const done = button.getAttribute('data-action') === 'retry' ? chat.retry(clientId) : chat.discard(clientId);
    done.catch((fault) => this.#fail(explain(fault)));
    this.#list.focus();
  }

  /** @param {string} text */
  #fail(text) { this.#owner.store.dispatch({ type: 'notice', notice: { kind: 'failure', text } }); }

  /** @param {import('../icons.js').IconName} name @param {string} label @param {() => void} onclick */
  #button(name, label, onclick) {
    return h('button', { class: 'icon-button small', 'aria-label': label, title: label, onclick }, icon(name));
  }
}
