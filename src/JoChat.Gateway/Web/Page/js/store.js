// The one store of state. Views read it and are told, once a frame, that it has changed.

import { initialState, reduce } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Action} Action */

export class Store {
  #state = initialState;
  /** @type {Set<(state: State) => void>} */
  #listeners = new Set();
  #isScheduled = false;
  /** @type {((tell: () => void) => void)} */
  #schedule;

  /** @param {(tell: () => void) => void} schedule when to tell */
  constructor(schedule) { this.#schedule = schedule; }

  get state() { return this.#state; }

  /** @param {Action} action */
  dispatch(action) {
    const next = reduce(this.#state, action);
    if (next === this.#state) return;
    this.#state = next;
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#schedule(() => {
      this.#isScheduled = false;
      for (const listener of this.#listeners) listener(this.#state);
    });
  }

  /** @param {(state: State) => void} listener @returns {() => void} unsubscribes */
  subscribe(listener) {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => this.#listeners.delete(listener);
  }
}

const LATEST = 100; // ms; a page that goes to the background has no more frames
const LIGHT = 5; // ms that telling may take in every frame
let spent = 0;

/**
 * Before the next frame. Telling that takes long leaves three times as long to the keyboard and all else.
 * @param {() => void} tell
 */
export function eachFrame(tell) {
  let isTold = false;
  const measured = () => {
    if (isTold) return;
    isTold = true;
    const begun = performance.now();
    tell();
    spent = performance.now() - begun;
  };
  const pause = spent <= LIGHT ? 0 : 3 * spent;
  setTimeout(measured, pause + LATEST);
  if (pause === 0) requestAnimationFrame(measured);
  else setTimeout(() => requestAnimationFrame(measured), pause);
}
