import { initialState, reduce } from '../../../src/JoChat.Gateway/Web/Page/js/state.js';

const limits = { maxContent: 65535, maxUsername: 64 };

/** A message between ada, whose page it is, and another. */
export const message = (id, { from = 'bob', to = 'ada', text = `text ${id}`, state = 'stored' } = {}) =>
  ({ id, sender: from, recipient: to, content: text, sentAt: id * 1000, state });

export const own = (id, more = {}) => message(id, { from: 'ada', to: 'bob', ...more });

export const outgoing = (clientId, more = {}) =>
  ({ clientId, to: 'bob', text: `text ${clientId}`, at: 1, status: 'waiting', error: null, ...more });

export const entered = (me, { outbox = [], drafts = {} } = {}) => ({ type: 'entered', me, limits, outbox, drafts });

/** ada's state after these actions. */
export const after = (...actions) =>
  [entered('ada'), ...actions].reduce(reduce, initialState);

/** A page is asked for. */
export const loading = (before, name = 'bob') => ({ type: 'loading', name, before });

/** It is there: the newest, or what is before a message. */
export const history = (messages, before, name = 'bob') => ({ type: 'history', name, before, messages });

export const ids = (state, name = 'bob') => state.threads[name].messages.map(({ id }) => id);
