// The account's session on the server: connects, resumes, sends what waits, takes what comes, and connects again.
// One tab of a browser has it (tabs.js); what happens is told to all as actions.

import { delayBefore } from './backoff.js';
import { Line, LineLost, Refused } from './line.js';
import { draftsOf, forgetDrafts } from './drafts.js';
import { endLogin, endLoginLater, isLoginEnded } from './login.js';
import { Outbox } from './outbox.js';
import { fromWire } from './wire.js';

/** @typedef {import('./state.js').Action} Action */
/** @typedef {import('./state.js').Message} Message */
/** @typedef {import('./database.js').Database} Database */

const FEATURES = ['push', 'ack', 'receipts', 'typing', 'presence'];
const PAGE_OF_CONVERSATIONS = 50;
const MAX_PRESENCE_NAMES = 256;
const TYPING_LASTS = 6_000;
const GATHERING = 30; // ms in which arriving messages become one change of the page

export class Session {
  /** @type {Line | null} */
  #line = null;
  /** @type {string | null} */
  #me = null;
  #isEntered = false; // on this line; until then nothing can be sent
  #attempt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retrying;
  /** @type {Message[]} that came and were not told yet */
  #gathered = [];
  #isListed = false; // the conversations, on this line: what comes before waits for them
  /** @type {Set<string>} whose presence is told */
  #watched = new Set();
  #tell;
  #database;
  #outbox;
  #address;

  /** @param {string} address @param {Database} database @param {(action: Action) => void} tell */
  constructor(address, database, tell) {
    this.#address = address;
    this.#database = database;
    this.#tell = tell;
    this.#outbox = new Outbox(database, (action) => {
      this.#handOn(); // what came before is older
      tell(action);
    });
  }

  /** Connects, and resumes the account of the cookie if there is one. Whatever was before ends. */
  async connect() {
    clearTimeout(this.#retrying);
    this.#drop();
    this.#tell({ type: 'line', line: { status: 'connecting', retryAt: null } });
    const line = new Line(
      this.#address, (type, data) => this.#hear(type, data), () => this.#lost(line));
    this.#line = line;
    try {
      await line.opened;
      const { limits } = await line.ask('hello', { client: 'jochat-web', features: FEATURES });
      this.#tell({ type: 'line', line: { status: 'online', retryAt: null } });
      await this.#resume(line, { maxContent: limits.max_content, maxUsername: limits.max_username });
      this.#attempt = 0;
    } catch (fault) {
      if (fault instanceof Refused) line.close(); // busy: it is tried again
      else if (!(fault instanceof LineLost)) throw fault;
    }
  }

  /** Leaves the line, so that the session can begin anew. */
  release() {
    this.#drop();
    this.#tell({ type: 'line', line: { status: 'connecting', retryAt: null } });
  }

  /** Asks the server. @param {string} type @param {Record<string, any>} data @returns {Promise<Record<string, any>>} */
  async ask(type, data) {
    if (!this.#line) throw new LineLost();
    return this.#line.ask(type, data);
  }

  /** Says something that may be lost. @param {string} type @param {Record<string, any>} data */
  mention(type, data) { this.#line?.ask(type, data).catch(() => {}); }

  /** Ends the session: the next connect is a guest's. @param {string | null} me whose */
  async logOut(me) {
    const isTold = this.#isEntered && await this.#line?.ask('logout').then(
      () => true, (fault) => fault instanceof Refused && fault.code === 'not_logged_in');
    if (isTold) await endLogin();
    else {
      endLoginLater();
      this.#line?.close(); // it may be about to resume
    }
    await this.#forget(me);
  }

  /** Reads a page of conversations. @param {number | null} before an id, null from the newest */
  async listConversations(before) {
    const { conversations } = await this.ask('conversations', {
      ...(before === null ? {} : { before }), count: PAGE_OF_CONVERSATIONS,
    });
    this.#tell({
      type: 'conversations',
      conversations: conversations.map(fromWire.conversation),
      isFirst: before === null,
      hasMore: conversations.length > 0, // a page can be short because its messages are long
    });
    return conversations.map((/** @type {{with: string}} */ one) => one.with);
  }

  /** Sends what waits in the outbox. */
  async flush() {
    if (this.#me !== null && this.#line && this.#isEntered) await this.#outbox.flush(this.#me, this.#line);
  }

  /** @param {Line} line @param {import('./state.js').State['limits']} limits */
  async #resume(line, limits) {
    let username;
    try {
      ({ username } = await line.ask('resume'));
    } catch (fault) {
      if (!(fault instanceof Refused) || fault.code !== 'invalid_token') throw fault;
      await this.#leave();
      return;
    }
    if (isLoginEnded()) { // without a line
      this.#isEntered = true;
      await this.logOut(username);
      return;
    }
    const outbox = await this.#database.outbox(username);
    if (line !== this.#line) return;
    this.#me = username;
    this.#isEntered = true;
    this.#tell({ type: 'entered', me: username, limits, outbox, drafts: draftsOf(username) });
    const flushed = this.flush();
    const people = await this.listConversations(null);
    this.#isListed = true;
    this.#handOn();
    const watched = [...people, ...this.#watched];
    this.#watched.clear(); // a new line watches nobody yet
    await this.watch(watched);
    await flushed;
  }

  /** Watches who is there, of these people and of those before. @param {string[]} people */
  async watch(people) {
    if (people.every((name) => this.#watched.has(name))) return;
    this.#watched = new Set([...people, ...this.#watched].slice(0, MAX_PRESENCE_NAMES));
    const { online } = await this.ask('presence', { of: [...this.#watched] });
    this.#tell({ type: 'present', online });
  }

  /** @param {string} type @param {Record<string, any>} data */
  #hear(type, data) {
    switch (type) {
      case 'message': this.#gather(fromWire.pushed(data)); break;
      case 'receipt':
        this.#tell({ type: 'receipt', kind: data.kind, by: data.by, through: Math.max(...data.ids) });
        break;
      case 'typing':
        this.#tell({ type: 'typing', name: data.sender, until: data.typing ? Date.now() + TYPING_LASTS : null });
        break;
      case 'presence': this.#tell({ type: 'presence', name: data.username, isOnline: data.online }); break;
      case 'account_gone': this.#tell({ type: 'gone', name: data.username }); break;
      case 'session_closed': this.#end(data.reason); break;
    }
  }

  // Many messages at once are one change.
  /** @param {Message} message */
  #gather(message) {
    this.#gathered.push(message);
    if (this.#gathered.length > 1) return;
    if (document.hidden) queueMicrotask(() => this.#handOn()); // timers of a page in the background are late
    else setTimeout(() => this.#handOn(), GATHERING);
  }

  // They are acknowledged when the page has them.
  #handOn() {
    if (!this.#isListed || this.#gathered.length === 0) return;
    const messages = this.#gathered.splice(0);
    this.#tell({ type: 'arrived', messages });
    this.watch(messages.map(({ sender }) => sender)).catch(() => {});
    this.#line?.tell('ack', { ids: messages.map(({ id }) => id) });
  }

  /** @param {string} reason */
  #end(reason) {
    if (reason === 'taken_over') {
      this.#me = null;
      this.#drop();
      this.#tell({ type: 'elsewhere' });
    } else if (reason === 'account_deleted') {
      void this.#forget(this.#me, reason);
    } else if (reason !== 'server_stopping') {
      void this.#leave(reason);
    }
  }

  // Nobody is logged in here any more, and what was written here goes too.
  /** @param {string | null} me @param {string} [reason] */
  async #forget(me, reason) {
    if (me !== null) {
      forgetDrafts(me);
      await this.#database.clearOutbox(me);
    }
    await this.#leave(reason);
  }

  // Nobody is logged in here any more; what waits to be sent waits for the next login.
  /** @param {string} [reason] */
  async #leave(reason) {
    this.#me = null;
    this.#pause();
    this.#watched.clear();
    this.#tell({ type: 'guest', reason });
    await this.#database.unsee(); // afterwards: until then the page keeps what it shows
  }

  /** @param {Line} line */
  #lost(line) {
    if (line !== this.#line) return;
    this.#line = null;
    this.#pause();
    const delay = delayBefore(this.#attempt++, Math.random());
    this.#tell({ type: 'line', line: { status: 'waiting', retryAt: Date.now() + delay } });
    this.#retrying = setTimeout(() => void this.connect(), delay);
  }

  #drop() {
    const line = this.#line;
    this.#line = null;
    this.#pause();
    line?.close();
  }

  // What is not acknowledged comes again on the next line.
  #pause() {
    this.#isEntered = false;
    this.#isListed = false;
    this.#gathered = [];
  }
}
