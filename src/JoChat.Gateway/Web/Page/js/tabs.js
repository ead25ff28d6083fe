// Several tabs of a browser share one session. One of them leads: it holds the line. The others ask it, and every tab
// hears every action. When the leader closes, the next tab leads.

import { LineLost, Refused } from './line.js';

/** @typedef {import('./state.js').Action} Action */
/** @typedef {(method: string, args: any[]) => Promise<any>} Handle */

const LOCK = 'jochat-line';
const PATIENCE = 30_000; // ms for an answer: a browser may put the leading tab to sleep

export class Tabs {
  // A page that came over plain HTTP from another machine has no locks: each of its tabs is for itself.
  #channel = navigator.locks ? new BroadcastChannel('jochat') : null;
  #name = crypto.getRandomValues(new Uint32Array(2)).join('-');
  /** @type {Map<number, {resolve: (value: any) => void, reject: (fault: Error) => void, timeout: number}>} */
  #asked = new Map();
  #number = 0;
  #isLeader = false;
  #handle;
  #hear;

  /**
   * @param {Handle} handle does what another tab asks of the leader
   * @param {(action: Action) => void} hear what the leader told
   */
  constructor(handle, hear) {
    this.#handle = handle;
    this.#hear = hear;
    if (this.#channel) this.#channel.onmessage = ({ data }) => this.#take(data);
  }

  get isLeader() { return this.#isLeader; }

  /** @param {() => void} onLead when this tab begins to lead @param {() => void} onFollow when another tab leads */
  begin(onLead, onFollow) {
    const lead = () => {
      this.#isLeader = true;
      this.#loseAsked(); // what was asked before there was a leader has no answer
      this.#channel?.postMessage({ kind: 'leading' });
      onLead();
      return new Promise(() => {}); // until the tab is closed
    };
    if (!this.#channel) {
      void lead();
      return;
    }
    this.#onFollow = onFollow;
    void navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
      if (lock) return lead();
      onFollow();
      void navigator.locks.request(LOCK, lead);
      return undefined;
    });
  }

  /** Tells every other tab. @param {Action} action */
  tell(action) { this.#channel?.postMessage({ kind: 'action', action }); }

  /** Asks the leader, which may be this tab. @param {string} method @param {any[]} args @returns {Promise<any>} */
  ask(method, ...args) {
    if (this.#isLeader) return this.#handle(method, args);
    return new Promise((resolve, reject) => {
      const number = this.#number++;
      const timeout = setTimeout(() => this.#settle({ number, isLost: true }), PATIENCE);
      this.#asked.set(number, { resolve, reject, timeout });
      this.#channel?.postMessage({ kind: 'ask', from: this.#name, number, method, args });
    });
  }

  /** @type {() => void} */
  #onFollow = () => {};

  /** @param {any} message */
  #take(message) {
    switch (message.kind) {
      case 'action': this.#hear(message.action); break;
      case 'ask': if (this.#isLeader) void this.#answer(message); break;
      case 'answer': if (message.to === this.#name) this.#settle(message); break;
      case 'leading': // what was asked of the one before is lost
        this.#loseAsked();
        this.#onFollow();
        break;
    }
  }

  #loseAsked() {
    for (const number of this.#asked.keys()) this.#settle({ number, isLost: true });
  }

  /** @param {{from: string, number: number, method: string, args: any[]}} asked */
  async #answer({ from, number, method, args }) {
    const answer = { kind: 'answer', to: from, number };
    try {
      this.#channel?.postMessage({ ...answer, value: await this.#handle(method, args) });
    } catch (fault) {
      const refused = fault instanceof Refused ? { code: fault.code, message: fault.message } : null;
      this.#channel?.postMessage({ ...answer, refused, isLost: refused === null });
    }
  }

  /**
   * @param {{number: number, value?: any, isLost?: boolean, refused?: {code: string, message: string} | null}} answer
   */
  #settle({ number, value, isLost, refused }) {
    const asked = this.#asked.get(number);
    this.#asked.delete(number);
    clearTimeout(asked?.timeout);
    if (refused) asked?.reject(new Refused(refused.code, refused.message));
    else if (isLost) asked?.reject(new LineLost());
    else asked?.resolve(value);
  }
}
