// Whom the account blocks. The server keeps it; the page asks when it shows it.

const PAGE = 1_000;

/** @typedef {{id: number, username: string}} Blocked */

export class Blocks {
  #ask;

  /** @param {(type: string, data: Record<string, any>) => Promise<any>} ask */
  constructor(ask) { this.#ask = ask; }

  /** @param {string} username */
  async add(username) { await this.#ask('block', { username }); }

  /** @param {string} username */
  async remove(username) { await this.#ask('unblock', { username }); }

  /** Everybody, page by page. */
  async list() {
    const all = /** @type {Blocked[]} */ ([]);
    while (true) {
      const { blocked } = await this.#ask('blocked', { after: all.at(-1)?.id ?? 0, count: PAGE });
      if (blocked.length === 0) return all.map(({ username }) => username);
      all.push(...blocked);
    }
  }
}
