// What the page knows, and how it changes. Pure: tested without a browser.

import { otherOf, ranks } from './messages.js';
import { texts } from './texts.js';
import { asked, emptyThread, grown, firstUnreadIn, left, notRead, outdated, withPage } from './threads.js';

/** @typedef {import('./types.js').Message} Message */
/** @typedef {import('./types.js').Conversation} Conversation */
/** @typedef {import('./types.js').Thread} Thread */
/** @typedef {import('./types.js').Outgoing} Outgoing */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Action} Action */

/**
 * A record whose keys are people's names. It inherits nothing: one may be called constructor.
 * @template T @param {Record<string, T>} record @returns {Record<string, T>}
 */
function named(record) { return Object.assign(Object.create(null), record); }

/** @type {State} */
export const initialState = {
  phase: 'starting',
  me: null,
  line: { status: 'connecting', retryAt: null },
  conversations: [],
  hasMoreConversations: false,
  open: null,
  threads: named({}),
  outbox: [],
  online: [],
  gone: [],
  typing: named({}),
  drafts: named({}),
  notice: null,
  reason: null,
  limits: { maxContent: 65535, maxUsername: 64 },
};

/** @param {State} state @param {Action} action @returns {State} */
export function reduce(state, action) {
  switch (action.type) {
    case 'line': return { ...state, line: action.line };
    case 'guest': return { ...initialState, phase: 'guest', line: state.line, reason: action.reason ?? state.reason };
    case 'entered': {
      const { me, limits, outbox, drafts } = action;
      const known = state.me === me ? state : { ...initialState, line: state.line, outbox, drafts: named(drafts) };
      const threads = named(Object.fromEntries(
        Object.entries(known.threads).map(([name, thread]) => [name, outdated(thread)])));
      return { ...known, phase: 'chatting', me, limits, threads, notice: null };
    }
    case 'elsewhere': return { ...state, phase: 'elsewhere', typing: named({}), online: [] };
    case 'conversations': return withConversations(state, action);
    case 'opened': return opened(state, action.name);
    case 'held': return withThread(state, action.name, (thread) => ({ ...thread, isHeld: action.isHeld }));
    case 'loading': return withThread(state, action.name, (thread) => asked(thread, action.before));
    case 'notLoaded': return withThread(state, action.name, (thread) => notRead(thread, action.before));
    case 'history': return withHistory(state, action);
    case 'arrived': return arrived(state, action.messages);
    case 'queued': return {
      ...state,
      outbox: [...state.outbox.filter((one) => one.clientId !== action.outgoing.clientId), action.outgoing],
    };
    case 'sending': return withOutgoing(state, action.clientId, { status: 'sending', error: null });
    case 'failed': return withOutgoing(state, action.clientId, { status: 'failed', error: action.error });
    case 'discarded': return { ...state, outbox: state.outbox.filter((one) => one.clientId !== action.clientId) };
    case 'sent': return sent(state, action);
    case 'receipt': return receipted(state, action);
    case 'read': return read(state, action.name, action.through);
    case 'deleted': return deleted(state, new Set(action.ids));
    case 'present': return { ...state, online: action.online };
    case 'presence': return present(state, action.name, action.isOnline);
    case 'gone': return {
      ...present(state, action.name, false),
      gone: [...state.gone, action.name],
      notice: { kind: 'info', text: texts.hasGone(action.name) },
    };
    case 'typing': {
      const { name, until } = action;
      const typing = until === null ? without(state.typing, name) : named({ ...state.typing, [name]: until });
      return { ...state, typing };
    }
    case 'draft': {
      const { name, text } = action;
      const drafts = text === '' ? without(state.drafts, name) : named({ ...state.drafts, [name]: text });
      return { ...state, drafts };
    }
    case 'notice': return { ...state, notice: action.notice };
    case 'restored': {
      const next = { ...state, ...action.state };
      return { ...next, threads: named(next.threads), typing: named(next.typing), drafts: named(next.drafts) };
    }
  }
}

/** @param {State} state @param {string} name @param {(thread: Thread) => Thread} change @returns {State} */
function withThread(state, name, change) {
  return { ...state, threads: named({ ...state.threads, [name]: change(state.threads[name] ?? emptyThread) }) };
}

/** @template T @param {Record<string, T>} record @param {string} name @returns {Record<string, T>} */
function without(record, name) {
  const { [name]: _, ...others } = record;
  return named(others);
}

/** @param {State} state @param {string} clientId @param {Partial<Outgoing>} change @returns {State} */
function withOutgoing(state, clientId, change) {
  return { ...state, outbox: state.outbox.map((one) => (one.clientId === clientId ? { ...one, ...change } : one)) };
}

/** @param {State} state @param {string} name @param {boolean} isOnline @returns {State} */
function present(state, name, isOnline) {
  const others = state.online.filter((one) => one !== name);
  return isOnline ? { ...state, online: [...others, name] }
    : { ...state, online: others, typing: without(state.typing, name) };
}

/** @param {State} state @param {Extract<Action, {type: 'conversations'}>} action @returns {State} */
function withConversations(state, { conversations, isFirst, hasMore }) {
  const before = isFirst ? [] : state.conversations;
  const known = new Set(before.map((one) => one.with)); // of these more may have come since the page was read
  const fresh = conversations.filter((one) => !known.has(one.with));
  const gone = state.gone.filter((name) => !conversations.some((one) => one.with === name)); // or another has the name
  return { ...state, conversations: [...before, ...fresh], hasMoreConversations: hasMore, gone };
}

/** @param {State} state @param {string | null} name @returns {State} */
function opened(state, name) {
  const before = state.open;
  let next = { ...state, open: name };
  if (before !== null && before !== name && state.threads[before]) next = withThread(next, before, left);
  if (name === null) return next;
  return withThread(next, name, (thread) => ({
    ...thread, firstNew: firstUnreadIn(thread, name, unreadOf(state, name)),
  }));
}

/** @param {State} state @param {Extract<Action, {type: 'history'}>} page @returns {State} */
function withHistory(state, page) {
  return withThread(state, page.name, (thread) => {
    const next = withPage(thread, page);
    // A conversation that was opened before its messages were there learns only now where reading stopped.
    const isOpened = page.name === state.open && next.firstNew === null;
    return isOpened ? { ...next, firstNew: firstUnreadIn(next, page.name, unreadOf(state, page.name)) } : next;
  });
}

/** @param {State} state @param {string} name */
const unreadOf = (state, name) => state.conversations.find((one) => one.with === name)?.unread ?? 0;

/** @param {State} state @param {Message[]} messages @returns {State} */
function arrived(state, messages) {
  /** @type {Map<string, Message[]>} */
  const byName = new Map();
  for (const message of messages) {
    const name = otherOf(message, state.me);
    const some = byName.get(name);
    if (some) some.push(message);
    else byName.set(name, [message]);
  }
  let { threads, conversations, typing } = state;
  for (const [name, some] of byName) {
    const known = conversations.find((one) => one.with === name) ?? { with: name, unread: 0, last: null };
    const fresh = some.filter((message) => message.id > (known.last?.id ?? 0));
    if (threads[name]) threads = named({ ...threads, [name]: grown(threads[name], some, name === state.open) });
    if (fresh.length === 0) continue;
    const unread = known.unread + fresh.filter((message) => message.sender === name && message.state !== 'read').length;
    conversations = [
      { with: name, unread: name === state.me ? 0 : unread, last: fresh[fresh.length - 1] },
      ...conversations.filter((one) => one.with !== name),
    ];
    typing = without(typing, name);
  }
  return { ...state, threads, conversations, typing };
}

/** @param {State} state @param {Extract<Action, {type: 'sent'}>} action @returns {State} */
function sent(state, { clientId, id, sentAt }) {
  const outgoing = state.outbox.find((one) => one.clientId === clientId);
  if (!outgoing || state.me === null) return state;
  const message = /** @type {Message} */ ({
    id, sentAt, sender: state.me, recipient: outgoing.to, content: outgoing.text, state: 'stored',
  });
  const outbox = state.outbox.filter((one) => one !== outgoing);
  const name = outgoing.to;
  const known = state.threads[name] ? state : withThread(state, name, (thread) => thread);
  return arrived({ ...known, outbox }, [message]);
}

/** @param {State} state @param {Extract<Action, {type: 'receipt'}>} action @returns {State} */
function receipted(state, { kind, by, through }) {
  /** @param {Message} message @returns {Message} */
  const raise = (message) => (message.recipient === by && message.sender === state.me && message.id <= through
    && ranks[message.state] < ranks[kind] ? { ...message, state: kind } : message);
  const raised = state.threads[by]
    ? withThread(state, by, (thread) => ({ ...thread, messages: thread.messages.map(raise) })) : state;
  return {
    ...raised,
    conversations: state.conversations.map((one) => (
      one.with === by && one.last ? { ...one, last: raise(one.last) } : one)),
  };
}

/** @param {State} state @param {string} name @param {number} through @returns {State} */
function read(state, name, through) {
  const newer = (state.threads[name]?.messages ?? [])
    .filter((message) => message.sender === name && message.id > through).length;
  return {
    ...state,
    conversations: state.conversations.map((one) => (one.with === name ? { ...one, unread: newer } : one)),
  };
}

/** @param {State} state @param {Set<number>} ids @returns {State} */
function deleted(state, ids) {
  const threads = named(Object.fromEntries(Object.entries(state.threads).map(([name, thread]) => [
    name, { ...thread, messages: thread.messages.filter((message) => !ids.has(message.id)) },
  ])));
  const conversations = state.conversations.map((one) => (one.last && ids.has(one.last.id)
    ? { ...one, last: threads[one.with]?.messages.at(-1) ?? null } : one));
  return { ...state, threads, conversations };
}
