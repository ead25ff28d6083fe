// Between the wire's names (docs/protocol.md) and the page's.

/** @typedef {import('./state.js').Message} Message */

/** @param {Record<string, any>} data @returns {Message} */
const message = ({ id, sender, recipient, content, sent_at: sentAt, state }) =>
  ({ id, sender, recipient, content, sentAt, state });

export const fromWire = {
  /** A message of history. */
  message,

  /** A message that was pushed. @param {Record<string, any>} data */
  pushed: (data) => message({ ...data, state: 'delivered' }),

  /** @param {Record<string, any>} data @returns {import('./state.js').Conversation} */
  conversation: ({ with: name, unread_count: unread, last_message: last }) =>
    ({ with: name, unread, last: last ? message(last) : null }),
};

/** 32 digits that no other message has: the server stores a message with a known one only once. */
export const newClientId = () => [...crypto.getRandomValues(new Uint8Array(16))]
  .map((byte) => byte.toString(16).padStart(2, '0')).join('');
