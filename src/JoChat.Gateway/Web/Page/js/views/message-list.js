// The messages of one conversation. Only those around the view are in the page; older ones are read before the top is
// reached, and the reading place stays where it is.

import { h, replace, visible } from '../dom.js';
import { icon } from '../icons.js';
import { keyed } from '../keyed.js';
import { texts } from '../texts.js';
import { View } from '../view.js';
import { Announcer, foreignSince } from './announcer.js';
import { MessageActions } from './message-actions.js';
import { makeEntry, updateEntry } from './message-elements.js';
import { entriesOf, newFrom } from './message-entries.js';
import { MessageWindow } from './message-window.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../state.js').Message} Message */
/** @typedef {import('../state.js').Outgoing} Outgoing */

const NEAR = 600; // px to an edge: then the window moves
const AT_END = 32; // px to the end that still count as being there
const PAUSE = 3_000; // ms until the same older messages are asked for again

export class MessageList extends View {
  name = '';
  /** @type {Message[]} */
  #messages = [];
  /** @type {Outgoing[]} */
  #outgoing = [];
  /** @type {unknown[]} */
  #shown = [];
  #window = new MessageWindow();
  #isPlaced = false;
  #seenThrough = 0;
  #lastTop = 0;
  #asked = { before: -1, at: 0 };
  #list = h('ol', { class: 'messages' });
  #scroller = h('div', {
    class: 'scroller', role: 'log', tabindex: 0, 'aria-live': 'off', 'aria-relevant': 'additions',
  }, this.#list);
  #toNewest = h('button', { class: 'to-newest', hidden: true });
  #announcer = new Announcer();
  #resized = new ResizeObserver(() => this.#laidOut());
  #looked = () => { if (!document.hidden) this.#markRead(); };

  build() {
    this.#scroller.setAttribute('aria-label', texts.messagesWith(visible(this.name)));
    this.append(this.#scroller, this.#toNewest, this.#announcer.element);
    this.#scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#scroller.addEventListener('keydown', (event) => this.#key(event));
    this.#toNewest.addEventListener('click', () => {
      this.#scroller.focus();
      this.follow();
    });
    new MessageActions(this, this.#list);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#resized.observe(this.#scroller);
    this.#resized.observe(this.#list);
    document.addEventListener('visibilitychange', this.#looked);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resized.disconnect();
    document.removeEventListener('visibilitychange', this.#looked);
  }

  /** @param {State} state */
  show(state) {
    const thread = state.threads[this.name];
    const isOnline = state.line.status === 'online';
    const shown = [thread, state.outbox, state.me, isOnline];
    if (shown.some((one, index) => one !== this.#shown[index])) {
      this.#shown = shown;
      this.#messages = thread?.messages ?? [];
      this.#outgoing = state.outbox.filter((one) => one.to === this.name);
      this.#draw();
      this.#place();
      this.#moveNear(false);
    }
    if (this.#isPlaced) this.#announcer.tell(this.name, this.#messages);
    this.#markRead();
  }

  /** Goes to the newest message, and stays there. */
  follow() {
    this.#followEnd();
    this.#draw();
  }

  /** Goes to one's own last message, or else to the last. */
  focusOwn() {
    const letters = this.#letters();
    (letters.findLast((one) => one.classList.contains('own')) ?? letters.at(-1))?.focus();
  }

  // Draws the part that is in the window. What is being read does not move.
  #draw() {
    const { me, threads, line } = this.store.state;
    const thread = threads[this.name];
    const { start, end } = this.#window.range(this.#messages);
    const isEnd = end === this.#messages.length;
    const top = start > 0 ? null : thread && !thread.hasOlder ? 'beginning'
      : line.status === 'online' ? 'loading' : 'offline';
    const entries = entriesOf(this.#messages.slice(start, end), isEnd ? this.#outgoing : [], {
      me: me ?? '', firstNew: this.#newFrom(), now: Date.now(), top,
    });
    const anchors = this.#window.isFollowing ? [] : this.#anchors();
    keyed(this.#list, entries, makeEntry, (element, entry) => updateEntry(element, entry, this.name));
    const anchor = anchors.find(({ element }) => element.isConnected);
    if (this.#window.isFollowing) this.#scroller.scrollTop = this.#scroller.scrollHeight;
    else if (anchor) this.#scroller.scrollTop = anchor.element.offsetTop - anchor.at;
    this.#lastTop = this.#scroller.scrollTop;
    this.#showPlace();
  }

  // The messages in view and where in the view they are.
  #anchors() {
    const { scrollTop, clientHeight } = this.#scroller;
    return this.#letters()
      .map((element) => ({ element, at: element.offsetTop - scrollTop, height: element.offsetHeight }))
      .filter(({ at, height }) => at + height > 0 && at < clientHeight);
  }

  // A conversation opens where reading stopped, else at its end; once the newest messages are there.
  #place() {
    if (this.#isPlaced || this.#messages.length === 0 || this.#isLoading()) return;
    if (this.#scroller.clientHeight === 0) return; // on a narrow page the messages can be there before the pane is
    this.#isPlaced = true;
    this.#seenThrough = this.#messages[this.#messages.length - 1].id;
    const from = this.#newFrom();
    if (from === null) return;
    this.#window.holdAround(this.#messages, from);
    this.#draw();
    const line = /** @type {HTMLElement | null} */ (this.#list.querySelector('.new-line'));
    const { scrollHeight, clientHeight } = this.#scroller;
    if (!line || line.offsetTop > scrollHeight - clientHeight) { // all that is new is in the last view
      this.follow();
      return;
    }
    this.#scroller.scrollTop = line.offsetTop - clientHeight / 4;
    this.#lastTop = this.#scroller.scrollTop;
    this.#showPlace();
  }

  #scrolled() {
    const { scrollTop } = this.#scroller;
    if (this.#isAtEnd()) this.#followEnd();
    else this.#window.hold(this.#messages);
    const isDown = scrollTop > this.#lastTop;
    this.#lastTop = scrollTop;
    this.#moveNear(isDown);
    this.#showPlace();
    this.#markRead();
  }

  // Moves the window when its edge comes near, and reads older messages when it can move no more.
  /** @param {boolean} isDown */
  #moveNear(isDown) {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const below = scrollHeight - clientHeight - scrollTop;
    if (isDown && below < NEAR && this.#window.down(this.#messages)) this.#draw();
    else if (!isDown && !this.#window.isFollowing && scrollTop < NEAR && this.#window.up(this.#messages)) this.#draw();
    const thread = this.store.state.threads[this.name];
    const { start } = this.#window.range(this.#messages);
    const isOnline = this.store.state.line.status === 'online';
    if (start > 0 || scrollTop > 2 * NEAR || !thread?.hasOlder || thread.isLoading || !isOnline) return;
    const first = this.#messages[0]?.id ?? 0;
    if (first === this.#asked.before && Date.now() - this.#asked.at < PAUSE) return; // it has just been refused
    this.#asked = { before: first, at: Date.now() };
    void this.chat.loadOlder(this.name);
  }

  #followEnd() {
    this.#window.follow();
    if (this.#hasNewer()) void this.chat.loadNewest(this.name);
  }

  #isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    return this.#window.range(this.#messages).end === this.#messages.length
      && scrollHeight - scrollTop - clientHeight <= AT_END;
  }

  #laidOut() {
    this.#place();
    this.#stayAtEnd();
    this.#markRead();
  }

  #stayAtEnd() {
    if (!this.#window.isFollowing) return;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#lastTop = this.#scroller.scrollTop;
  }

  // While older messages are read, a button leads to the newest, and those that are read are kept.
  #showPlace() {
    const isFollowing = this.#window.isFollowing;
    const thread = this.store.state.threads[this.name];
    if (thread && thread.isHeld === isFollowing) {
      this.store.dispatch({ type: 'held', name: this.name, isHeld: !isFollowing });
    }
    if (isFollowing) this.#seenThrough = this.#messages.at(-1)?.id ?? 0;
    this.#toNewest.hidden = isFollowing;
    if (isFollowing) return;
    const count = foreignSince(this.#messages, this.name, this.#seenThrough).length;
    const words = count > 0 ? texts.newBelow(count) : '';
    if (this.#toNewest.childElementCount > 0 && this.#toNewest.textContent === words) return;
    replace(this.#toNewest, icon('down'), words);
    this.#toNewest.setAttribute('aria-label', words || texts.toNewest);
  }

  #markRead() {
    if (!this.#isPlaced || document.hidden || !this.#window.isFollowing) return;
    if (!this.#isLoading() && !this.#hasNewer()) this.chat.markRead(this.name);
  }

  #newFrom() {
    const { me, threads } = this.store.state;
    return newFrom(this.#messages, threads[this.name]?.firstNew ?? null, me ?? '');
  }

  #isLoading() { return this.store.state.threads[this.name]?.isLoading ?? false; }

  #hasNewer() { return this.store.state.threads[this.name]?.hasNewer ?? false; }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'End') {
      event.preventDefault();
      this.follow();
      this.#letters().at(-1)?.focus();
    }
    const step = { ArrowUp: -1, k: -1, ArrowDown: 1, j: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const letters = this.#letters();
    const at = letters.findIndex((one) => one.contains(document.activeElement));
    const inView = this.#anchors().at(-1)?.element;
    (at < 0 ? inView : letters[at + step])?.focus();
  }

  #letters() { return /** @type {HTMLElement[]} */ ([...this.#list.querySelectorAll('li.message')]); }
}
customElements.define('message-list', MessageList);
