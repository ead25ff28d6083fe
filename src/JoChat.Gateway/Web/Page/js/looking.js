// Whether somebody looks at the page, in any tab of this browser: a tab that is shown holds a lock.

const LOCK = 'jochat-looking';

let leave = () => {};

function changed() {
  leave();
  if (document.hidden) return;
  /** @type {Promise<void>} */
  const left = new Promise((resolve) => { leave = resolve; });
  void navigator.locks?.request(LOCK, { mode: 'shared' }, () => left);
}

document.addEventListener('visibilitychange', changed);
changed();

/** @returns {Promise<boolean>} */
export async function isLookedAt() {
  if (!navigator.locks) return !document.hidden; // a page that came over plain HTTP from another machine
  const { held } = await navigator.locks.query();
  return held?.some(({ name }) => name === LOCK) ?? false;
}
