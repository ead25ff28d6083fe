// One row of the list of conversations.

import { avatar } from '../avatar.js';
import { bdi, h, replace, visible } from '../dom.js';
import { hrefOf } from '../routes.js';
import { texts } from '../texts.js';
import { brief, exact } from '../times.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {ReturnType<typeof rowOf>} Row */

const SHOWN_TEXT = 160; // characters: a row has one line

/**
 * What a row shows, as a flat object: a row whose object is alike is left alone.
 * @param {State} state @param {import('../state.js').Conversation} conversation @param {number} now
 */
export function rowOf(state, { with: name, unread, last }, now) {
  const isTyping = (state.typing[name] ?? 0) > now;
  const draft = name === state.open ? undefined : state.drafts[name];
  const waiting = state.outbox.findLast((one) => one.to === name);
  const text = waiting?.text ?? last?.content ?? '';
  const isOwn = waiting !== undefined || last?.sender === state.me;
  const at = waiting?.at ?? last?.sentAt ?? null;
  return {
    key: name,
    kind: isTyping ? 'typing' : draft ? 'draft' : waiting?.status === 'failed' ? 'failed'
      : text === '' ? 'none' : isOwn ? 'own' : 'theirs',
    text: shortened(draft ?? text),
    at,
    time: at === null ? '' : brief(at, now),
    unread,
    isOnline: state.line.status === 'online' && state.online.includes(name),
    isOpen: name === state.open,
  };
}

/** @param {Row} row */
export function makeRow({ key: name }) {
  return h('li', { 'data-name': name },
    h('a', { class: 'row', href: hrefOf(name), tabindex: -1 },
      h('span', { class: 'figure' }, avatar(name), h('span', { class: 'presence' })),
      h('span', { class: 'line' }, h('span', { class: 'name' }, bdi(name)), h('time')),
      h('span', { class: 'line' }, h('span', { class: 'excerpt' }), h('span', { class: 'badges' }))));
}

/** @param {HTMLLIElement} element @param {Row} row */
export function updateRow(element, row) {
  const link = /** @type {HTMLElement} */ (element.firstElementChild);
  const [presence, time, excerpt, badges] = ['.presence', 'time', '.excerpt', '.badges'].map(
    (selector) => /** @type {HTMLTimeElement} */ (link.querySelector(selector)));
  link.toggleAttribute('data-open', row.isOpen);
  if (row.isOpen) link.setAttribute('aria-current', 'true');
  else link.removeAttribute('aria-current');
  link.toggleAttribute('data-unread', row.unread > 0);
  replace(presence, row.isOnline && h('span', { class: 'visually-hidden' }, texts.online));
  link.toggleAttribute('data-online', row.isOnline);
  time.textContent = row.time;
  if (row.at !== null) {
    time.dateTime = new Date(row.at).toISOString();
    time.title = exact(row.at);
  }
  replace(excerpt, ...excerptOf(row));
  replace(badges, row.unread > 0 && h('span', { class: 'badge' },
    h('span', { 'aria-hidden': 'true' }, texts.unreadBadge(row.unread)),
    h('span', { class: 'visually-hidden' }, texts.unread(row.unread))));
}

/** @param {Row} row @returns {import('../dom.js').Child[]} */
function excerptOf({ kind, text }) {
  switch (kind) {
    case 'typing': return [h('em', null, texts.isTyping)];
    case 'draft': return [h('em', null, texts.draft), ' ', bdi(text)];
    case 'failed': return [h('em', { class: 'fault' }, texts.failed), ' ', bdi(text)];
    case 'own': return [h('bdi', null, texts.lastOwn(visible(text)))];
    case 'theirs': return [bdi(text)];
  }
  return [texts.noMessages];
}

/** @param {string} text */
const shortened = (text) => text.slice(0, SHOWN_TEXT).replaceAll(/\s+/g, ' ').trim();
