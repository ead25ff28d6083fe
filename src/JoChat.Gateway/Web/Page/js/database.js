// What survives a reload: messages that wait to be sent, and what was seen last. By account, in IndexedDB.

/** @typedef {import('./state.js').Outgoing} Outgoing */
/** @typedef {import('./state.js').State} State */

const NAME = 'jochat';
const VERSION = 1;

export class Database {
  /** @type {Promise<IDBDatabase>} */
  #opened = new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('outbox', { keyPath: ['account', 'clientId'] });
      request.result.createObjectStore('seen', { keyPath: 'account' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  /** What waits to be sent, in the order of writing. @param {string} account @returns {Promise<Outgoing[]>} */
  async outbox(account) {
    const all = await this.#run('outbox', 'readonly', (store) => store.getAll(ofAccount(account))).catch(() => []);
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

  /** What was seen last: shown before the server answers. @returns {Promise<Partial<State> | null>} */
  async seen() {
    const [last] = await this.#run('seen', 'readonly', (store) => store.getAll()).catch(() => []);
    return last?.state ?? null;
  }

  /** @param {string} account @param {Partial<State>} state */
  async see(account, state) {
    await this.#run('seen', 'readwrite', (store) => {
      store.clear(); // one account at a time is logged in
      return store.put({ account, state });
    }).catch(ignore);
  }

  /** Forgets what was seen: nobody is logged in. */
  async unsee() { await this.#run('seen', 'readwrite', (store) => store.clear()).catch(ignore); }

  /** Sends nothing of an account any more. @param {string} account */
  async clearOutbox(account) {
    await this.#run('outbox', 'readwrite', (store) => store.delete(ofAccount(account))).catch(ignore);
  }

  /**
   * @param {string} name @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} work
   * @returns {Promise<any>} when it is on disk
   */
  async #run(name, mode, work) {
    const transaction = (await this.#opened).transaction(name, mode);
    const request = work(transaction.objectStore(name));
    transaction.commit(); // so that it is done also when the page is left in this moment
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    return request.result;
  }
}

/** The page works without. */
const ignore = () => {};

/** @param {string} account */
const ofAccount = (account) => IDBKeyRange.bound([account], [account, []]);
