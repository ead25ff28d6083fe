// The number of unread messages in the page's title and icon.

import { visible } from './dom.js';
import { texts } from './texts.js';

/** @typedef {import('./state.js').State} State */

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
