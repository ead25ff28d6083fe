// Messages by themselves: whose they are, and two lists of them as one. Pure.

/** @typedef {import('./types.js').Message} Message */

/** How far a message has come: its state never goes back. */
export const ranks = { stored: 0, delivered: 1, read: 2 };

/** With whom it was exchanged. @param {Message} message @param {string | null} me */
export const otherOf = (message, me) => (message.sender === me ? message.recipient : message.sender);

/**
 * Two ascending lists as one. Of a message that is in both, the further state holds.
 * @param {Message[]} some @param {Message[]} others @returns {Message[]}
 */
export function merge(some, others) {
  if (some.length === 0) return others;
  if (others.length === 0) return some;
  if (some[some.length - 1].id < others[0].id) return [...some, ...others];
  if (others[others.length - 1].id < some[0].id) return [...others, ...some];
  const byId = new Map(some.map((message) => [message.id, message]));
  for (const message of others) {
    const known = byId.get(message.id);
    if (!known || ranks[known.state] < ranks[message.state]) byId.set(message.id, message);
  }
  return [...byId.values()].sort((a, b) => a.id - b.id);
}
