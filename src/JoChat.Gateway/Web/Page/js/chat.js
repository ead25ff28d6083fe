// What the views call. Whichever tab holds the line, all tabs see the same.

import { seenOf } from './seen.js';
import { Blocks } from './blocks.js';
import { Session } from './session.js';
import { draftsOf, saveDraft } from './drafts.js';
import { History } from './history.js';
import { keepLogin } from './login.js';
import { passwordHash, withHash } from './password-hash.js';
import { Tabs } from './tabs.js';
import { newClientId } from './wire.js';

/** @typedef {import('./state.js').Action} Action */
/** @typedef {import('./state.js').Message} Message */
/** @typedef {{id: number, client: string, address: string, used_at: number, own: boolean, connected: boolean}} Login */

const REMEMBERING = 1_000; // ms after a change

export class Chat {
  #store;
  #database;
  #session;
  #tabs;
  #history;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #remembering;
  #writtenAt = 0;

  /** @param {import('./store.js').Store} store @param {import('./database.js').Database} database */
  constructor(store, database) {
    this.#store = store;
    this.#database = database;
    const address = new URL('ws', location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#tabs = new Tabs((method, args) => this.#lead(method, args), (action) => this.#take(action));
    this.#history = new History(store, (data) => this.#tabs.ask('ask', 'history', data));
    this.blocks = new Blocks((type, data) => this.#tabs.ask('ask', type, data));
    this.#session = new Session(address.href, database, (action) => {
      this.#tabs.tell(action);
      this.#take(action);
    });
  }

  /** Connects, and meanwhile shows what is known. */
  begin() {
    this.#store.subscribe(() => this.#remember());
    window.addEventListener('pagehide', () => this.#see());
    window.addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => this.#hurry());
    this.#tabs.begin(() => this.#begin(), () => void this.#follow().catch(ignore));
    void this.#restore();
  }

  /** @param {string} name @param {string} password */
  async signUp(name, password) {
    await this.#tabs.ask('ask', 'signup', { username: name, password: passwordHash(password) });
  }

  /** @param {string} name @param {string} password @param {{takeover?: boolean}} [how] */
  async logIn(name, password, { takeover = false } = {}) {
    await keepLogin(name, password, takeover);
    await this.connect();
  }

  /** Ends the session here and in every tab. */
  async logOut() { await this.#tabs.ask('logOut', this.#store.state.me); }

  /** Connects now: before the next attempt is due, or to take back the session that another device took over. */
  async connect() { await this.#tabs.ask('connect').catch(ignore); }

  /** Shows a conversation; null shows none. @param {string | null} name */
  open(name) {
    this.#store.dispatch({ type: 'opened', name });
    if (name === null) return;
    void this.loadNewest(name);
    this.#tabs.ask('watch', [name]).catch(ignore); // without a line it is watched once there is one
  }

  /** Stores a message on this device, then sends it. @param {string} to @param {string} text */
  async send(to, text) {
    const { me, outbox } = this.#store.state;
    if (me === null) return;
    const clientId = newClientId();
    // The order in which they are sent, also if the clock was set back.
    this.#writtenAt = Math.max(Date.now(), this.#writtenAt + 1, ...outbox.map(({ at }) => at + 1));
    const outgoing = /** @type {import('./state.js').Outgoing} */ (
      { clientId, to, text, at: this.#writtenAt, status: 'waiting', error: null });
    await this.#database.put(me, outgoing);
    this.#share({ type: 'queued', outgoing });
    this.#tabs.ask('flush').catch(ignore); // what is stored is sent on the next line
  }

  /** @param {string} clientId */
  async retry(clientId) {
    const { me, outbox } = this.#store.state;
    const failed = outbox.find((one) => one.clientId === clientId);
    if (me === null || !failed) return;
    const outgoing = { ...failed, status: /** @type {const} */ ('waiting'), error: null };
    await this.#database.put(me, outgoing);
    this.#share({ type: 'queued', outgoing });
    this.#tabs.ask('flush').catch(ignore); // what is stored is sent on the next line
  }

  /** @param {string} clientId */
  async discard(clientId) {
    const { me } = this.#store.state;
    if (me === null) return;
    await this.#database.remove(me, clientId);
    this.#share({ type: 'discarded', clientId });
  }

  /** Reads the newest messages of a conversation. @param {string} name */
  loadNewest(name) { return this.#history.readNewest(name); }

  /** Reads messages older than those in the page. @param {string} name */
  loadOlder(name) { return this.#history.readOlder(name); }

  async loadConversations() {
    const last = this.#store.state.conversations.at(-1)?.last;
    if (last) await this.#tabs.ask('listConversations', last.id);
  }

  /** Marks what is in the page as read. @param {string} name */
  markRead(name) {
    const { threads, conversations } = this.#store.state;
    const last = threads[name]?.messages.findLast((message) => message.sender === name);
    if (!last || !conversations.find((one) => one.with === name)?.unread) return;
    this.#share({ type: 'read', name, through: last.id });
    this.#tabs.ask('mention', 'mark_read', { with: name, through: last.id }).catch(ignore);
  }

  /** @param {string} name @param {boolean} isTyping */
  typing(name, isTyping) {
    this.#tabs.ask('mention', 'typing', { recipient: name, typing: isTyping }).catch(ignore);
  }

  /**
   * Who is called like this. The server has more wildcards than a person is told of, and names have underscores.
   * @param {string} typed @param {number} start @param {number} count
   */
  async findPeople(typed, start, count) {
    const pattern = typed.replaceAll(/\\[*?%_\\]|[%_]/g, (found) => (found.length > 1 ? found : `\\${found}`));
    const { users } = await this.#tabs.ask('ask', 'list_accounts', { pattern, start, count });
    return /** @type {[number, string][]} */ (users).map(([, name]) => name);
  }

  /** Deletes messages that were received. @param {number[]} ids */
  async deleteMessages(ids) {
    await this.#tabs.ask('ask', 'delete_messages', { message_ids_to_delete: ids });
    this.#share({ type: 'deleted', ids });
  }

  /** The logins that are kept, the last used first. */
  async listLogins() {
    const { sessions } = await this.#tabs.ask('ask', 'sessions', {});
    return /** @type {Login[]} */ (sessions);
  }

  /** @param {number} id */
  async endLogin(id) { await this.#tabs.ask('ask', 'revoke', { session: id }); }

  /** @param {string} password */
  async deleteAccount(password) {
    const { me } = this.#store.state;
    await withHash(password, (hash) => this.#tabs.ask('ask', 'delete_account', { password: hash }));
    await this.#tabs.ask('logOut', me);
  }

  /** All other devices have to log in again. @param {string} before @param {string} after */
  async changePassword(before, after) {
    const { me } = this.#store.state;
    const changed = passwordHash(after);
    await withHash(before, (hash) => this.#tabs.ask('ask', 'change_password', {
      old_password: hash, new_password: changed,
    }));
    if (me === null) return;
    await this.#tabs.ask('release');
    try {
      await keepLogin(me, after, true); // the token of the cookie is revoked
    } finally {
      await this.connect();
    }
  }

  /** @param {string} name @param {string} text */
  saveDraft(name, text) {
    const { me } = this.#store.state;
    this.#store.dispatch({ type: 'draft', name, text });
    if (me !== null) saveDraft(me, name, text);
  }

  // Whoever was never logged in here need not wait for the server to say so.
  async #restore() {
    const seen = await this.#database.seen();
    const me = seen?.me ?? null;
    const outbox = me === null ? [] : await this.#database.outbox(me);
    if (this.#store.state.phase !== 'starting') return; // the server was faster
    this.#store.dispatch(me === null ? { type: 'guest' }
      : { type: 'restored', state: { ...seen, outbox, drafts: draftsOf(me) } });
  }

  // A tab that begins to lead. What another device took over it does not take back by itself.
  #begin() {
    if (this.#store.state.phase !== 'elsewhere') void this.#session.connect();
  }

  // A tab whose session is in another one.
  async #follow() {
    this.#store.dispatch({ type: 'restored', state: await this.#tabs.ask('snapshot') });
    const { phase, open } = this.#store.state;
    if (phase === 'chatting' && open !== null) await this.loadNewest(open);
  }

  // Whoever looks at the page, or is back on the network, does not wait for the next attempt.
  #hurry() {
    if (!document.hidden && this.#store.state.line.status === 'waiting') void this.connect();
  }

  // What this tab does shows in every tab.
  /** @param {Action} action */
  #share(action) {
    this.#tabs.tell(action);
    this.#take(action);
  }

  /** @param {Action} action */
  #take(action) {
    this.#store.dispatch(action);
    const { open } = this.#store.state;
    if (action.type === 'entered' && open !== null) void this.loadNewest(open);
  }

  // Keeps what is known for a start without a line, a little later.
  #remember() {
    if (!this.#tabs.isLeader || this.#remembering) return;
    this.#remembering = setTimeout(() => this.#see(), REMEMBERING);
  }

  #see() {
    this.#remembering = undefined;
    const { phase, me } = this.#store.state;
    const isKnown = this.#tabs.isLeader && phase === 'chatting' && me !== null;
    if (isKnown) void this.#database.see(me, seenOf(this.#store.state));
  }

  /** @param {string} method @param {any[]} args @returns {Promise<any>} */
  async #lead(method, args) {
    switch (method) {
      case 'ask': return this.#session.ask(args[0], args[1]);
      case 'mention': return this.#session.mention(args[0], args[1]);
      case 'flush': return this.#session.flush();
      case 'connect': return this.#session.connect();
      case 'watch': return this.#session.watch(args[0]);
      case 'release': return this.#session.release();
      case 'logOut': return this.#session.logOut(args[0]);
      case 'listConversations': return this.#session.listConversations(args[0]);
      case 'snapshot': {
        const { open: _, threads: __, drafts: ___, notice: ____, ...shared } = this.#store.state;
        return shared;
      }
    }
    throw new Error(`${method} is nothing a leading tab does.`);
  }
}

/** The line was lost; nobody has to know. */
const ignore = () => {};
