// What a person chose on this device.

/** @param {string} name @param {boolean} otherwise */
function setting(name, otherwise) {
  const key = `jochat.${name}`;
  return {
    get: () => (localStorage.getItem(key) ?? String(otherwise)) === 'true',
    /** @param {boolean} value */
    set: (value) => {
      try {
        localStorage.setItem(key, String(value));
      } catch { /* There is no room: it stays as it was. */ }
    },
  };
}

/** Desktop notifications are wanted. */
export const notify = setting('notify', false);

/** A notification shows what was written, not only who wrote. */
export const showText = setting('notify-text', true);
