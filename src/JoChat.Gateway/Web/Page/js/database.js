// What survives a reload: messages that wait to be sent, drafts, and what was seen last. By account, in IndexedDB.

/** @typedef {import('./state.js').Outgoing} Outgoing */
/** @typedef {import('./state.js').State} State */

const NAME = 'jochat';
const VERSION = 1;

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export class Database {
  #opened;

  constructor() {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('outbox', { keyPath: ['account', 'clientId'] });
      request.result.createObjectStore('drafts', { keyPath: ['account', 'name'] });
      request.result.createObjectStore('seen', { keyPath: 'account' });
    };
    this.#opened = done(request);
  }

  /** What waits to be sent, in the order of writing. @param {string} account @returns {Promise<Outgoing[]>} */
  async outbox(account) {
    const all = await this.#run('outbox', 'readonly', (store) => store.getAll(ofAccount(account)));
    return all.sort((/** @type {Outgoing} */ a, /** @type {Outgoing} */ b) => a.at - b.at);
  }

  /** @param {string} account @param {Outgoing} outgoing */
  async put(account, outgoing) {
    await this.#run('outbox', 'readwrite', (store) => store.put({ ...outgoing, account }));
  }

  /** @param {string} account @param {string} clientId */
  async remove(account, clientId) {
    await this.#run('outbox', 'readwrite', (store) => store.delete([account, clientId]));
  }

  /** @param {string} account @returns {Promise<Record<string, string>>} */
  async drafts(account) {
    const all = await this.#run('drafts', 'readonly', (store) => store.getAll(ofAccount(account)));
    return Object.fromEntries(all.map((/** @type {{name: string, text: string}} */ one) => [one.name, one.text]));
  }

  /** @param {string} account @param {string} name @param {string} text */
  async saveDraft(account, name, text) {
    await this.#run('drafts', 'readwrite', (store) => (
      text === '' ? store.delete([account, name]) : store.put({ account, name, text })));
  }

  /** What was seen last: shown before the server answers. @returns {Promise<Partial<State> | null>} */
  async seen() {
    const [last] = await this.#run('seen', 'readonly', (store) => store.getAll());
    return last?.state ?? null;
  }

  /** @param {string} account @param {Partial<State>} state */
  async see(account, state) {
    await this.#run('seen', 'readwrite', (store) => {
      store.clear(); // one account at a time is logged in
      return store.put({ account, state });
    });
  }

  /** Forgets what was seen: nobody is logged in. */
  async unsee() { await this.#run('seen', 'readwrite', (store) => store.clear()); }

  /** Forgets an account that is logged out here; what waits to be sent goes too. @param {string} account */
  async forget(account) {
    await this.#run('outbox', 'readwrite', (store) => store.delete(ofAccount(account)));
    await this.#run('drafts', 'readwrite', (store) => store.delete(ofAccount(account)));
    await this.unsee();
  }

  /**
   * @param {string} name @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} work
   * @returns {Promise<any>} when it is on disk
   */
  async #run(name, mode, work) {
    const transaction = (await this.#opened).transaction(name, mode);
    const result = done(work(transaction.objectStore(name)));
    transaction.commit(); // so that it is done also when the page is left in this moment
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    return result;
  }
}

/** @param {string} account */
const ofAccount = (account) => IDBKeyRange.bound([account], [account, []]);
