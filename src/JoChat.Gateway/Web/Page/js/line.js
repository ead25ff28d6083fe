// One WebSocket that speaks JoChat's JSON (docs/protocol.md): requests are answered in their order, events come
// between.

/** What a request was refused with. */
export class Refused extends Error {
  /** @param {string} code @param {string} message @param {number} [since] of a session elsewhere */
  constructor(code, message, since) {
    super(message);
    this.code = code;
    this.since = since;
  }
}

/** The line is gone: what was asked may have been done or not. */
export class LineLost extends Error {}

const OPENING_TIMEOUT = 15_000; // of itself a browser waits for minutes
const PING_INTERVAL = 25_000;
const PING_TIMEOUT = 15_000;

/** @typedef {Record<string, any>} Data */

export class Line {
  /** @type {{resolve: (data: Data) => void, reject: (fault: Error) => void}[]} */
  #asked = [];
  #socket;
  /** @type {ReturnType<typeof setTimeout>} */
  #opening;
  #isClosed = false;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #pinging;
  #onEvent;
  #onClosed;
  /** @type {(fault: Error) => void} */
  #rejectOpened = () => {};

  /**
   * @param {string} address ws or wss
   * @param {(type: string, data: Data) => void} onEvent
   * @param {() => void} onClosed once
   */
  constructor(address, onEvent, onClosed) {
    this.#onEvent = onEvent;
    this.#onClosed = onClosed;
    this.#socket = new WebSocket(address);
    this.#socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
    this.#socket.onclose = () => this.close();
    this.#opening = setTimeout(() => this.close(), OPENING_TIMEOUT);
    /** @type {Promise<void>} */
    this.opened = new Promise((resolve, reject) => {
      this.#rejectOpened = reject;
      this.#socket.onopen = () => {
        clearTimeout(this.#opening);
        this.#pinging = setInterval(() => this.#ping(), PING_INTERVAL);
        resolve();
      };
    });
  }

  /**
   * @param {string} type @param {Data} [data]
   * @returns {Promise<Data>} rejected with Refused or LineLost
   */
  ask(type, data = {}) {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.reject(new LineLost());
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject });
      this.tell(type, data);
    });
  }

  /** Sends what has no answer. @param {string} type @param {Data} data */
  tell(type, data) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ msg_type: type, data }));
  }

  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#opening);
    clearInterval(this.#pinging);
    this.#socket.onmessage = null;
    this.#socket.close();
    this.#rejectOpened(new LineLost());
    for (const { reject } of this.#asked.splice(0)) reject(new LineLost());
    this.#onClosed();
  }

  /** @param {{msg_type: string, data: Data}} message */
  #take({ msg_type: type, data }) {
    if (data.status === undefined) {
      this.#onEvent(type, data);
      return;
    }
    const asked = this.#asked.shift();
    if (data.status === 'ok') asked?.resolve(data);
    else asked?.reject(new Refused(data.code, data.msg));
  }

  // A line that is dead without saying so is found by a ping that is not answered.
  #ping() {
    const timeout = setTimeout(() => this.close(), PING_TIMEOUT);
    this.ask('ping').catch(() => {}).finally(() => clearTimeout(timeout));
  }
}
