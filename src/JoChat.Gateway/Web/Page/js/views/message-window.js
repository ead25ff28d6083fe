// Which part of a thread is in the page. Pure: tested without a browser.

import { placeOf } from './message-entries.js';

/** @typedef {import('../state.js').Message} Message */

/** Messages in the page. */
export const SIZE = 120;

/** By how many it moves when its edge comes near. */
export const STEP = 20;

export class MessageWindow {
  /** @type {number | null} the first message shown; null: the newest are shown, whatever comes */
  #first = null;

  get isFollowing() { return this.#first === null; }

  /** @param {Message[]} messages */
  range(messages) {
    const start = this.#first === null ? Math.max(0, messages.length - SIZE) : placeOf(messages, this.#first);
    return { start, end: Math.min(messages.length, start + SIZE) };
  }

  /** Shows the newest, and goes on to. */
  follow() { this.#first = null; }

  /** Stays where it is when newer ones come. @param {Message[]} messages */
  hold(messages) { this.#first ??= messages[this.range(messages).start]?.id ?? null; }

  /** Shows what is around a message. @param {Message[]} messages @param {number} id */
  holdAround(messages, id) {
    const start = Math.min(placeOf(messages, id) - SIZE / 2, messages.length - SIZE);
    this.#first = messages[Math.max(0, start)]?.id ?? null;
  }

  /** @param {Message[]} messages @returns {boolean} whether it moved */
  up(messages) {
    const { start } = this.range(messages);
    if (start === 0) return false;
    this.#first = messages[Math.max(0, start - STEP)].id;
    return true;
  }

  /** @param {Message[]} messages @returns {boolean} whether it moved */
  down(messages) {
    const { start, end } = this.range(messages);
    if (end === messages.length) return false;
    this.#first = messages[Math.min(start + STEP, messages.length - SIZE)].id;
    return true;
  }
}
