// What was typed and not sent, by account and conversation. In localStorage: it is safe at once, even if the page is
// left in the same moment, where IndexedDB may be too late.

const PREFIX = 'jochat.draft ';

/** @param {string} account @param {string} name */
const keyOf = (account, name) => PREFIX + JSON.stringify([account, name]);

/** @returns {{key: string, account: string, name: string}[]} */
const known = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => {
  const [account, name] = JSON.parse(key.slice(PREFIX.length));
  return { key, account, name };
});

/** @param {string} account @returns {Record<string, string>} by name */
export const draftsOf = (account) => Object.fromEntries(known()
  .filter((one) => one.account === account)
  .map(({ key, name }) => [name, localStorage.getItem(key) ?? '']));

/** @param {string} account @param {string} name @param {string} text an empty one is none */
export function saveDraft(account, name, text) {
  const key = keyOf(account, name);
  if (text === '') localStorage.removeItem(key);
  else {
    try {
      localStorage.setItem(key, text);
    } catch { // there is no room for it: it is kept while the page is open
      localStorage.removeItem(key);
    }
  }
}

/** @param {string} account */
export function forgetDrafts(account) {
  for (const one of known()) if (one.account === account) localStorage.removeItem(one.key);
}
