// Says when there is no connection, when it is tried again, and how much waits for it.

import { h, replace } from '../dom.js';
import { texts } from '../texts.js';
import { View } from '../view.js';

/** @typedef {import('../state.js').State} State */

const TICK = 250;
const OVERDUE = 1_000; // ms: the tab that has the line may be in the background, where timers are late
const PATIENCE = 1_000; // a connection that is made faster is not worth a word

export class LineStatus extends View {
  /** @type {State['line'] | null} */
  #line = null;
  #waiting = 0;
  #wasDown = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #ticking;
  // Screen readers are told once; the seconds are for the eye.
  #words = h('span', { role: 'status' });
  #seconds = h('span', { 'aria-hidden': 'true' });
  #tryNow = h('button', {
    class: 'link-button', hidden: true, onclick: () => void this.chat.connect(),
  }, texts.tryNow);

  build() {
    this.classList.add('visually-hidden');
    this.append(this.#words, ' ', this.#seconds, ' ', this.#tryNow);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#ticking);
  }

  /** @param {State} state */
  show({ line, outbox }) {
    const waiting = outbox.filter(({ status }) => status !== 'failed').length;
    if (line === this.#line && waiting === this.#waiting) return;
    this.#line = line;
    this.#waiting = waiting;
    clearTimeout(this.#ticking);
    if (line.status === 'online') this.#online();
    else if (line.status === 'connecting' && !this.#wasDown) this.#ticking = setTimeout(() => this.#down(), PATIENCE);
    else this.#down();
  }

  #online() {
    this.classList.add('visually-hidden');
    this.#tryNow.hidden = true;
    replace(this.#seconds);
    replace(this.#words, this.#wasDown && texts.connectedAgain);
    this.#wasDown = false;
  }

  #down() {
    const { status, retryAt } = this.#line ?? { status: 'connecting', retryAt: null };
    this.classList.remove('visually-hidden');
    this.#wasDown = true;
    const words = status === 'connecting' ? texts.connecting : texts.noConnection;
    const wait = this.#waiting > 0 ? ` ${texts.waitingToBeSent(this.#waiting)}` : '';
    if (this.#words.textContent !== words + wait) replace(this.#words, words + wait);
    this.#tryNow.hidden = status === 'connecting';
    const left = retryAt === null ? 0 : Math.ceil((retryAt - Date.now()) / 1000);
    replace(this.#seconds, status === 'waiting' && (left > 0 ? texts.tryingAgainIn(left) : texts.tryingAgain));
    if (left > 0) this.#ticking = setTimeout(() => this.#down(), TICK);
    else if (status === 'waiting') this.#ticking = setTimeout(() => void this.chat.connect(), OVERDUE);
  }
}
customElements.define('line-status', LineStatus);
