// The messages of one conversation, as far as they are in the page. Pure.

import { merge } from './messages.js';

/** @typedef {import('./types.js').Message} Message */
/** @typedef {import('./types.js').Thread} Thread */

/** Messages kept for each conversation that is not open. The others are read again. */
export const KEPT = 60;

/** Messages kept for the open conversation while its end is shown: older ones are read again. */
export const KEPT_OPEN = 600;

/** Messages of the open conversation, while older ones are read, from where those that come are not kept. */
export const KEPT_HELD = 10_000;

/** @type {Thread} Of which nothing is known. */
export const emptyThread = {
  messages: [], hasOlder: true, hasNewer: false, isHeld: false, isLoading: false, firstNew: null,
};

/**
 * Somebody goes to another conversation.
 * @param {Thread} thread @returns {Thread}
 */
export function left(thread) {
  return {
    ...thread,
    messages: thread.messages.slice(-KEPT),
    hasOlder: thread.hasOlder || thread.messages.length > KEPT,
    isHeld: false,
    firstNew: null,
  };
}

/**
 * A page of messages is asked for.
 * @param {Thread} thread @param {number} [before] the newest page, if missing @returns {Thread}
 */
export function asked(thread, before) {
  if (before !== undefined) return { ...thread, isLoading: true, askedBefore: before };
  return { ...thread, isLoading: true, askedAt: thread.messages.at(-1)?.id ?? 0 };
}

/**
 * The page could not be read.
 * @param {Thread} thread @param {number} [before] @returns {Thread}
 */
export function notRead(thread, before) {
  if (before !== undefined) return { ...thread, isLoading: false };
  const through = thread.hasNewer ? thread.askedAt ?? 0 : Infinity; // there may be a gap to what came meanwhile
  return {
    ...thread, messages: thread.messages.filter(({ id }) => id <= through), isLoading: false, askedAt: undefined,
  };
}

/**
 * The line was lost for a while. What another device read and wrote meanwhile is not pushed to this one.
 * @param {Thread} thread @returns {Thread}
 */
export const outdated = (thread) => ({ ...thread, hasNewer: true });

/**
 * A page of messages was read: it has all there are from its first to its last, and the newest page to the end. What it
 * lacks was deleted elsewhere.
 * @param {Thread} thread @param {{messages: Message[], before?: number}} page @returns {Thread}
 */
export function withPage(thread, { messages, before }) {
  return before === undefined ? withNewest(thread, messages) : withOlder(thread, messages, before);
}

/** @param {Thread} thread @param {Message[]} page @returns {Thread} */
function withNewest(thread, page) {
  const first = page[0]?.id ?? 0;
  const through = thread.askedAt ?? 0; // what is newer came while the page was on its way
  const known = thread.messages.filter(({ id }) => id < first);
  const fresh = thread.messages.filter(({ id }) => id > Math.max(through, page.at(-1)?.id ?? 0));
  // A page that does not reach what is known leaves a gap: what is older is read again when it is scrolled to.
  const hasGap = !thread.messages.some(({ id }) => id >= first && id <= through);
  const kept = hasGap ? [] : known;
  return {
    ...thread,
    messages: merge(merge(kept, page), fresh),
    hasOlder: kept.length === 0 ? page.length > 0 : thread.hasOlder,
    hasNewer: false,
    isLoading: false,
    askedAt: undefined,
    askedBefore: hasGap ? undefined : thread.askedBefore,
  };
}

/** @param {Thread} thread @param {Message[]} page @param {number} before @returns {Thread} */
function withOlder(thread, page, before) {
  if (thread.askedBefore !== before) return { ...thread, isLoading: false }; // those it came before are gone
  const { messages } = thread;
  const newer = messages[0]?.id >= before ? messages : messages.filter(({ id }) => id >= before);
  return {
    ...thread, messages: merge(page, newer), hasOlder: page.length > 0, isLoading: false, askedBefore: undefined,
  };
}

/**
 * Messages came or were sent.
 * @param {Thread} thread @param {Message[]} messages @param {boolean} isOpen @returns {Thread}
 */
export function grown(thread, messages, isOpen) {
  const hasNewer = thread.hasNewer || (thread.isHeld && thread.messages.length >= KEPT_HELD);
  if (hasNewer && thread.askedAt === undefined) return { ...thread, hasNewer };
  const all = merge(thread.messages, messages);
  const most = thread.isHeld ? Infinity : isOpen ? KEPT_OPEN : KEPT;
  if (all.length <= most) return { ...thread, messages: all };
  return { ...thread, messages: all.slice(-most), hasOlder: true };
}

/**
 * The first message that is unread: its id, or null if none is or not all of them are in the page.
 * @param {Thread} thread @param {string} name whose messages are counted @param {number} unread how many of them are
 * @returns {number | null}
 */
export function firstUnreadIn(thread, name, unread) {
  if (unread === 0 || thread.hasNewer) return null;
  return thread.messages.filter((message) => message.sender === name).at(-unread)?.id ?? null;
}
