// What is kept for a start without a line. Pure.

import { KEPT, emptyThread, outdated } from './threads.js';

/** @typedef {import('./state.js').State} State */

const MOST_CONVERSATIONS = 50;

/** @param {State} state @returns {Partial<State>} */
export function seenOf({ phase, me, limits, conversations, threads }) {
  const kept = conversations.slice(0, MOST_CONVERSATIONS);
  const read = kept.filter(({ with: name }) => threads[name]?.messages.length);
  return {
    phase,
    me,
    limits,
    conversations: kept,
    threads: Object.fromEntries(read.map(({ with: name }) => [
      name, outdated({ ...emptyThread, messages: threads[name].messages.slice(-KEPT) }),
    ])),
  };
}
