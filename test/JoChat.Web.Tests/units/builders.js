import { initialState, reduce } from '../../../src/JoChat.Gateway/Web/Page/js/state.js';

export const limits = { maxContent: 65535, maxUsername: 64 };

/** A message between ada, whose page it is, and another. */
export const message = (id, { from = 'bob', to = 'ada', text = `text ${id}`, state = 'stored' } = {}) =>
  ({ id, sender: from, recipient: to, content: text, sentAt: id * 1000, state });

export const own = (id, more = {}) => message(id, { from: 'ada', to: 'bob', ...more });

export const outgoing = (clientId, more = {}) =>
  ({ clientId, to: 'bob', text: `text ${clientId}`, at: 1, status: 'waiting', error: null, ...more });

/** ada's state after these actions. */
export const after = (...actions) =>
  [{ type: 'entered', me: 'ada', limits }, ...actions].reduce(reduce, initialState);

export const history = (messages, { hasOlder = true, isNewest = true, name = 'bob' } = {}) =>
  ({ type: 'history', name, messages, hasOlder, isNewest });

export const ids = (state, name = 'bob') => state.threads[name].messages.map(({ id }) => id);
