// Notifications of messages that come while nobody looks at the page.

import { visible } from './dom.js';
import { isLookedAt } from './looking.js';
import { show } from './routes.js';
import { notify, showText } from './settings.js';
import { texts } from './texts.js';

const LONGEST = 200; // characters

/** @param {import('./store.js').Store} store */
export function notifyOfMessages(store) {
  /** @type {number | null} */
  let through = null;
  /** @type {string | null} */
  let me = null;
  store.subscribe((state) => {
    const newest = Math.max(0, ...state.conversations.map(({ last }) => last?.id ?? 0));
    const isKnown = state.me === me && through !== null;
    const since = through ?? 0;
    if (state.me !== me || newest > since) through = state.conversations.length === 0 ? null : newest;
    me = state.me;
    if (!isKnown || newest <= since || !isWanted()) return;
    const fresh = state.conversations.filter(({ with: name, last }) => (
      last && last.id > since && last.sender === name && last.state !== 'read'));
    const shown = fresh.map(({ with: name, last }) => ({ name, body: bodyOf(last?.content ?? '') }));
    void isLookedAt().then((isLooked) => { if (!isLooked) shown.forEach(tell); });
  });
}

const isWanted = () => notify.get() && 'Notification' in window && Notification.permission === 'granted';

/** @param {string} text */
const bodyOf = (text) => (showText.get() ? visible(text.slice(0, LONGEST)) : texts.notifyHidden);

/** @param {{name: string, body: string}} shown */
function tell({ name, body }) {
  try {
    const notification = new Notification(visible(name), { body, icon: 'icon.svg', tag: `jochat ${name}` });
    notification.onclick = () => {
      window.focus();
      show(name);
      notification.close();
    };
  } catch { /* Chrome on Android shows only those of a service worker. */ }
}
