// What a page in the background shows: the number of unread messages in its title and icon, and notifications.

import { visible } from './dom.js';
import { show } from './routes.js';
import { notify, showText } from './settings.js';
import { texts } from './texts.js';

/** @typedef {import('./state.js').State} State */

const NOTIFIED_TEXT = 200; // characters
const ICON = 64;
const ICON_PAUSE = 500; // ms between two drawings of it: a flood of messages changes the number in every frame

/** @param {import('./store.js').Store} store */
export function showUnread(store) {
  const link = /** @type {HTMLLinkElement} */ (document.querySelector('link[rel=icon]'));
  const plain = link.href;
  const image = new Image();
  image.src = plain;
  let shown = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let drawing;
  store.subscribe(({ conversations, open, phase }) => {
    const unread = conversations.reduce((sum, one) => sum + one.unread, 0);
    const name = phase === 'chatting' && open !== null ? `${visible(open)} · ${texts.appName}` : texts.appName;
    const title = unread > 0 ? `(${texts.unreadBadge(unread)}) ${name}` : name;
    if (document.title !== title) document.title = title;
    if (unread === shown) return;
    shown = unread;
    drawing ??= setTimeout(() => void image.decode().then(() => {
      link.href = shown > 0 ? badge(image, shown) : plain;
    }, () => { /* The icon did not load. */ }).finally(() => { drawing = undefined; }), ICON_PAUSE);
  });
}

/** @param {HTMLImageElement} image @param {number} unread */
function badge(image, unread) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = ICON;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.drawImage(image, 0, 0, ICON, ICON);
  context.fillStyle = '#b3261e';
  context.beginPath();
  context.arc(42, 42, 22, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = '#fff';
  context.font = `bold ${unread > 99 ? 20 : 30}px sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(texts.unreadBadge(unread), 42, 44);
  return canvas.toDataURL();
}

/** Tells of messages that come while the page is in the background. @param {import('./store.js').Store} store */
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
    if (!isKnown || newest <= since || !document.hidden || !isWanted()) return;
    for (const { with: name, last } of state.conversations) {
      if (last && last.id > since && last.sender === name && last.state !== 'read') tell(name, last.content);
    }
  });
}

const isWanted = () => notify.get() && 'Notification' in window && Notification.permission === 'granted';

/** @param {string} name @param {string} text */
function tell(name, text) {
  const body = showText.get() ? visible(text.slice(0, NOTIFIED_TEXT)) : texts.notifyHidden;
  try {
    const notification = new Notification(visible(name), { body, icon: 'icon.svg', tag: `jochat ${name}` });
    notification.onclick = () => {
      window.focus();
      show(name);
      notification.close();
    };
  } catch { /* Chrome on Android shows only those of a service worker. */ }
}
