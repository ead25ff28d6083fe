// Which conversation the address names: #name. The browser's Back leads from a conversation to the list, however many
// conversations were looked at between.

const changes = new EventTarget();

/** @returns {string | null} */
export function nameInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null; // typed by hand
  }
}

/** @param {string} name */
export const hrefOf = (name) => `#${encodeURIComponent(name)}`;

/** Shows a conversation, or with null the list alone. @param {string | null} name */
export function show(name) {
  const before = nameInAddress();
  if (name === before) return;
  if (name !== null) {
    const isOverList = before === null || history.state?.isOverList === true;
    const change = before === null ? 'pushState' : 'replaceState';
    history[change]({ isOverList }, '', hrefOf(name));
  } else if (history.state?.isOverList) {
    history.back(); // popstate tells
    return;
  } else {
    history.replaceState(null, '', location.pathname);
  }
  changes.dispatchEvent(new Event('change'));
}

/** Forgets the name, when somebody else may use this page next. */
export function clear() { history.replaceState(null, '', location.pathname); }

/** @param {(name: string | null) => void} listener */
export function onRoute(listener) {
  const tell = () => listener(nameInAddress());
  changes.addEventListener('change', tell);
  window.addEventListener('popstate', tell);
}
