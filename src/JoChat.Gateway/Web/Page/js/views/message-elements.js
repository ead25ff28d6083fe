// The elements of the list of messages. Whatever people wrote is text.

import { bdi, h, replace, visible } from '../dom.js';
import { icon } from '../icons.js';
import { pieces } from '../links.js';
import { texts } from '../texts.js';
import { exact } from '../times.js';

/** @typedef {import('./message-entries.js').Entry} Entry */
/** @typedef {import('./message-entries.js').Letter} Letter */

const LONG_TEXT = 3_000; // characters; the rest is shown when asked for
const LONG_LINES = 40;

/** @param {Entry} entry @returns {HTMLLIElement} */
export function makeEntry(entry) {
  switch (entry.kind) {
    case 'top': return h('li', { class: 'top' });
    case 'day': return h('li', { class: 'day' });
    case 'new': return h('li', { class: 'new-line' }, h('span', null, texts.newMessages));
    case 'message': case 'outgoing': return makeLetter(entry);
  }
}

/** @param {HTMLLIElement} element @param {Entry} entry @param {string} other */
export function updateEntry(element, entry, other) {
  switch (entry.kind) {
    case 'top':
      replace(element, entry.state === 'beginning' ? texts.beginning(visible(other))
        : entry.state === 'loading' ? texts.loadingOlder : texts.olderNotLoaded);
      break;
    case 'day': replace(element, h('span', null, entry.label)); break;
    case 'message': case 'outgoing': updateLetter(element, entry); break;
  }
}

/** @param {Letter} letter */
function makeLetter(letter) {
  const element = h('li', {
    class: letter.isOwn ? 'message own' : 'message', tabindex: -1,
    'data-id': letter.kind === 'message' ? letter.id : null,
    'data-client-id': letter.kind === 'outgoing' ? letter.clientId : null,
  },
  h('span', { class: 'visually-hidden' }, bdi(letter.isOwn ? texts.you : letter.sender), ': '),
  h('div', { class: 'bubble' },
    textOf(letter.text),
    h('span', { class: 'about' },
      h('time', { datetime: new Date(letter.at).toISOString(), title: exact(letter.at) }, letter.time),
      letter.isOwn && h('span', { class: 'state' }))));
  return element;
}

/** @param {HTMLLIElement} element @param {Letter} letter */
function updateLetter(element, letter) {
  element.classList.toggle('first', letter.isFirst);
  element.classList.toggle('last', letter.isLast);
  element.classList.toggle('failed', letter.state === 'failed');
  const state = element.querySelector('.state');
  if (state) replace(state, ...stateOf(letter.state));
  element.querySelector('.not-sent')?.remove();
  if (letter.kind === 'outgoing' && letter.state === 'failed') {
    element.append(h('div', { class: 'not-sent', role: 'alert' },
      h('span', null, texts.notSent(visible(letter.error ?? ''))),
      h('button', { class: 'link-button', 'data-action': 'retry' }, texts.retry),
      h('button', { class: 'link-button', 'data-action': 'discard' }, texts.discard)));
  }
}

/** @param {string} state */
function stateOf(state) {
  const words = /** @type {Record<string, string>} */ (texts.states)[state];
  if (!words) return [];
  const name = /** @type {import('../icons.js').IconName} */ (state === 'sending' ? 'waiting' : state);
  return [icon(name), h('span', { class: 'visually-hidden' }, words)];
}

/** @param {string} text */
function textOf(text) {
  const end = endOfShown(text);
  const shown = h('bdi', { class: 'text', dir: 'auto' }, ...elementsOf(text.slice(0, end)));
  if (end === text.length) return shown;
  const button = h('button', { class: 'link-button' }, texts.showAll);
  button.addEventListener('click', () => {
    replace(shown, ...elementsOf(text));
    shown.closest('li')?.focus({ preventScroll: true });
    button.remove();
  });
  return h('div', null, shown, ' ', button);
}

/** @param {string} text */
function endOfShown(text) {
  let lines = 0;
  for (let at = 0; at < Math.min(text.length, LONG_TEXT); at++) {
    if (text[at] === '\n' && ++lines === LONG_LINES) return at;
  }
  if (text.length <= LONG_TEXT) return text.length;
  return /[\uD800-\uDBFF]/.test(text[LONG_TEXT - 1]) ? LONG_TEXT - 1 : LONG_TEXT; // pairs stay whole
}

/** @param {string} text */
const elementsOf = (text) => pieces(text).map((piece) => {
  switch (piece.kind) {
    case 'link':
      return h('a', { href: piece.href, target: '_blank', rel: 'noopener noreferrer' }, visible(piece.text));
    case 'code': return h('code', null, visible(piece.text));
    case 'text': return visible(piece.text);
  }
});
