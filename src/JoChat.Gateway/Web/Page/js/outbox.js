// Sends what waits in the outbox, each once and in order.

import { explain } from './faults.js';
import { Refused } from './line.js';

/** @typedef {import('./types.js').Action} Action */
/** @typedef {import('./types.js').Outgoing} Outgoing */

export class Outbox {
  /** @type {Set<string>} client ids that are on their way */
  #sending = new Set();
  #database;
  #tell;

  /** @param {import('./database.js').Database} database @param {(action: Action) => void} tell */
  constructor(database, tell) {
    this.#database = database;
    this.#tell = tell;
  }

  /** @param {string} me @param {import('./line.js').Line} line */
  async flush(me, line) {
    for (const one of await this.#database.outbox(me)) {
      if (one.status === 'failed' || this.#sending.has(one.clientId)) continue;
      this.#sending.add(one.clientId);
      this.#tell({ type: 'sending', clientId: one.clientId });
      this.#send(me, line, one)
        .catch(() => {}) // what the disk does not take is sent again, and stored once
        .finally(() => this.#sending.delete(one.clientId));
    }
  }

  // What came of it is told at once: a receipt may be next.
  /** @param {string} me @param {import('./line.js').Line} line @param {Outgoing} one */
  async #send(me, line, one) {
    const { clientId, to: recipient, text: content } = one;
    try {
      const { id, sent_at: sentAt } = await line.ask(
        'send_message', { sender: me, recipient, content, client_id: clientId });
      this.#tell({ type: 'sent', clientId, id, sentAt });
    } catch (fault) {
      if (!(fault instanceof Refused)) return; // it is sent again on the next line
      const error = explain(fault);
      this.#tell({ type: 'failed', clientId, error });
      await this.#database.put(me, { ...one, status: 'failed', error });
      return;
    }
    await this.#database.remove(me, clientId);
  }
}
