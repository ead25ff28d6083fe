// What the list of messages shows: messages, the days between them, where reading stopped, and what waits to be sent.
// Pure: tested without a browser.

import { clock, dayLabel, dayOf } from '../times.js';

/** @typedef {import('../state.js').Message} Message */
/** @typedef {import('../state.js').Outgoing} Outgoing */
/** @typedef {import('../state.js').State} State */

/**
 * @typedef {{key: string, kind: 'top', state: 'loading' | 'offline' | 'beginning'}
 *   | {key: string, kind: 'day', label: string}
 *   | {key: string, kind: 'new'}
 *   | {key: string, kind: 'message', id: number, sender: string, text: string, at: number, time: string,
 *       isOwn: boolean, state: string, isFirst: boolean, isLast: boolean}
 *   | {key: string, kind: 'outgoing', clientId: string, sender: string, text: string, at: number, time: string,
 *       isOwn: true, state: string, error: string | null, isFirst: boolean, isLast: boolean}} Entry
 */
/** @typedef {Extract<Entry, {kind: 'message' | 'outgoing'}>} Letter a message, sent or not */

/** Messages of one sender within this time are one group. */
export const GROUP_TIME = 5 * 60 * 1000;

/**
 * @param {Message[]} messages the part that is shown
 * @param {Outgoing[]} outgoing
 * @param {{me: string, firstNew: number | null, now: number, top: 'loading' | 'offline' | 'beginning' | null}} about
 * @returns {Entry[]}
 */
export function entriesOf(messages, outgoing, { me, firstNew, now, top }) {
  /** @type {Entry[]} */
  const entries = top === null ? [] : [{ key: 'top', kind: 'top', state: top }];
  const letters = [...messages.map((one) => ofMessage(one, me)), ...outgoing.map((one) => ofOutgoing(one, me))];
  let day = NaN;
  let isNewShown = firstNew === null;
  for (const [index, letter] of letters.entries()) {
    const before = letters[index - 1];
    const isOtherDay = dayOf(letter.at) !== day;
    if (isOtherDay) {
      day = dayOf(letter.at);
      entries.push({ key: `day ${day}`, kind: 'day', label: dayLabel(day, now) });
    }
    const isNew = !isNewShown && letter.kind === 'message' && !letter.isOwn && letter.id >= Number(firstNew);
    if (isNew && (before || letter.id === firstNew)) entries.push({ key: 'new', kind: 'new' });
    isNewShown ||= isNew;
    letter.isFirst = isOtherDay || isNew || !before || !isGroup(before, letter);
    if (before) before.isLast = letter.isFirst;
    letter.isLast = true;
    entries.push(letter);
  }
  return distinctDays(entries);
}

/** @param {Message} message @param {string} me @returns {Letter} */
const ofMessage = ({ id, sender, content, sentAt, state }, me) => ({
  key: `message ${id}`, kind: 'message', id, sender, text: content, at: sentAt, time: clock(sentAt),
  isOwn: sender === me, state: sender === me ? state : '', isFirst: true, isLast: true,
});

/** @param {Outgoing} outgoing @param {string} me @returns {Letter} */
const ofOutgoing = ({ clientId, text, at, status, error }, me) => ({
  key: `outgoing ${clientId}`, kind: 'outgoing', clientId, sender: me, text, at, time: clock(at),
  isOwn: true, state: status, error, isFirst: true, isLast: true,
});

/** @param {Letter} before @param {Letter} letter */
const isGroup = (before, letter) => before.sender === letter.sender && letter.at - before.at < GROUP_TIME;

// A clock that was set back can bring the same day twice; keys are unlike.
/** @param {Entry[]} entries */
function distinctDays(entries) {
  const seen = new Set();
  for (const entry of entries) {
    if (seen.has(entry.key)) entry.key += ` ${seen.size}`;
    seen.add(entry.key);
  }
  return entries;
}

/**
 * The id from which messages are new: who answers has read what came before.
 * @param {Message[]} messages by ascending id @param {number | null} firstNew @param {string} me
 */
export function newFrom(messages, firstNew, me) {
  if (firstNew === null) return null;
  const answer = messages.findLast(({ sender }) => sender === me);
  return answer && answer.id > firstNew ? answer.id + 1 : firstNew;
}

/**
 * The place of the first message with at least this id; ids ascend.
 * @param {Message[]} messages @param {number} id
 */
export function placeOf(messages, id) {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle].id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
