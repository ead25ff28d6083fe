// The server's end of a line, played by a test, and what of a browser a session needs.

const storage = new Map();
globalThis.document = { hidden: true }; // what arrives is handed on without a timer
globalThis.localStorage = new Proxy({ // its keys are its own properties, as in a browser
  getItem: (key) => storage.get(key) ?? null,
  setItem: (key, value) => void storage.set(key, value),
  removeItem: (key) => void storage.delete(key),
}, { ownKeys: () => [...storage.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) });
globalThis.fetch = async () => ({ ok: true });
for (const name of ['setTimeout', 'setInterval']) { // what is due after a test does not keep it from ending
  const wait = globalThis[name];
  globalThis[name] = (...args) => wait(...args).unref();
}

/** All that waits for nothing from outside is done. */
export const settled = () => new Promise(setImmediate);

export class LineEnd {
  static OPEN = 1;
  /** @type {LineEnd[]} the newest last */
  static all = [];
  readyState = 0;
  /** @type {{msg_type: string, data: any}[]} */
  heard = [];

  constructor() { LineEnd.all.push(this); }

  static get newest() { return LineEnd.all.at(-1); }

  send(text) { this.heard.push(JSON.parse(text)); }

  close() {
    this.readyState = 3;
    this.onclose?.();
  }

  async open() {
    this.readyState = LineEnd.OPEN;
    this.onopen();
    await settled();
  }

  async tell(type, data) {
    this.onmessage({ data: JSON.stringify({ msg_type: type, data }) });
    await settled();
  }

  answer(type, data = {}) { return this.tell(type, { status: 'ok', ...data }); }

  /** Up to where conversations are asked for. */
  async enter(username = 'ada') {
    await this.open();
    await this.answer('hello', { limits: { max_content: 65535, max_username: 64 } });
    await this.answer('resume', { username });
  }

  types() { return this.heard.map((one) => one.msg_type); }
}
globalThis.WebSocket = LineEnd;

/** A database in memory. */
export class Memory {
  waiting = [];
  async outbox() { return [...this.waiting]; }
  async put(_, one) { this.waiting = [...this.waiting.filter((other) => other.clientId !== one.clientId), one]; }
  async remove(_, clientId) { this.waiting = this.waiting.filter((one) => one.clientId !== clientId); }
  async clearOutbox() { this.waiting = []; }
  async unsee() {}
}
