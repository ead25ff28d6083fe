// The keys that work everywhere. Those of a list or of the text field are theirs.

import { show } from './routes.js';
import { openHelp } from './views/help-dialog.js';
import { openPeople } from './views/people-dialog.js';

/** @param {import('./views/chat-view.js').ChatView} view */
export function listenToKeys(view) {
  const end = new AbortController();
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
    const action = actionOf(event, view);
    if (!action) return;
    event.preventDefault();
    action();
  }, { signal: end.signal });
  return () => end.abort();
}

/**
 * @param {KeyboardEvent} event @param {import('./views/chat-view.js').ChatView} view
 * @returns {(() => void) | undefined}
 */
function actionOf(event, view) {
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    return () => openPeople(view);
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.key === 'Escape') return view.store.state.open === null ? undefined : () => show(null);
  if (isWriting(event.target)) return undefined;
  switch (event.key) {
    case '?': return openHelp;
    case '/': return () => openPeople(view);
    case 'n': return () => showNextUnread(view.store.state);
  }
  return undefined;
}

/** @param {EventTarget | null} target */
const isWriting = (target) => target instanceof HTMLElement && target.matches('input, textarea, select');

// The next one below the open one, then from the top.
/** @param {import('./state.js').State} state */
function showNextUnread({ conversations, open }) {
  const at = conversations.findIndex((one) => one.with === open) + 1;
  const next = [...conversations.slice(at), ...conversations.slice(0, at)].find((one) => one.unread > 0);
  if (next) show(next.with);
}
