import assert from 'node:assert/strict';
import test from 'node:test';
import { merge } from '../../../src/JoChat.Gateway/Web/Page/js/messages.js';
import { initialState, reduce } from '../../../src/JoChat.Gateway/Web/Page/js/state.js';
import { after, entered, history, ids, message, outgoing, own } from './builders.js';

const range = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => message(first + index));

test('two lists merge in the order of ids, each message once', () => {
  const merged = merge([message(1), message(3)], [message(2), message(3), message(4)]);
  assert.deepEqual(merged.map(({ id }) => id), [1, 2, 3, 4]);
});

test('of two copies the further state holds, whichever came first', () => {
  const [stored, read] = [own(1), own(1, { state: 'read' })];
  assert.equal(merge([stored], [read])[0].state, 'read');
  assert.equal(merge([read], [stored])[0].state, 'read');
});

test('no action changes the state that it was given', () => {
  const before = after(history(range(1, 3)), { type: 'queued', outgoing: outgoing('a') });
  const copy = JSON.stringify(before);
  reduce(before, { type: 'arrived', messages: [message(4)] });
  reduce(before, { type: 'sent', clientId: 'a', id: 5, sentAt: 5 });
  reduce(before, { type: 'receipt', kind: 'read', by: 'bob', through: 9 });
  reduce(before, { type: 'deleted', ids: [1, 3] });
  assert.equal(JSON.stringify(before), copy);
});

test('a message that arrives twice is shown once and counted once', () => {
  const state = after(
    history([]), { type: 'arrived', messages: [message(7)] }, { type: 'arrived', messages: [message(7)] });
  assert.deepEqual(ids(state), [7]);
  assert.equal(state.conversations[0].unread, 1);
});

test('a conversation moves to the top with its newest message', () => {
  const state = after(
    { type: 'arrived', messages: [message(1, { from: 'bob' }), message(2, { from: 'eve' })] },
    { type: 'arrived', messages: [message(3, { from: 'bob' })] });
  assert.deepEqual(state.conversations.map((one) => [one.with, one.unread, one.last.id]), [['bob', 2, 3], ['eve', 1, 2]]);
});

test('what is sent replaces its echo', () => {
  const state = after({ type: 'queued', outgoing: outgoing('a') }, { type: 'sent', clientId: 'a', id: 9, sentAt: 90 });
  assert.deepEqual(state.outbox, []);
  assert.deepEqual(state.threads.bob.messages, [
    { id: 9, sender: 'ada', recipient: 'bob', content: 'text a', sentAt: 90, state: 'stored' }]);
});

test('what is sent is not doubled by an answer that comes twice', () => {
  const sent = { type: 'sent', clientId: 'a', id: 9, sentAt: 90 };
  assert.deepEqual(ids(after({ type: 'queued', outgoing: outgoing('a') }, sent, sent)), [9]);
});

test('what is sent is not doubled by history read before its answer', () => {
  const state = after(
    { type: 'queued', outgoing: outgoing('a') },
    history([own(9, { text: 'text a', state: 'read' })]),
    { type: 'sent', clientId: 'a', id: 9, sentAt: 90 });
  assert.deepEqual(ids(state), [9]);
  assert.equal(state.threads.bob.messages[0].state, 'read');
});

test('queued again, a message is once in the outbox', () => {
  const state = after(
    { type: 'queued', outgoing: outgoing('a') },
    { type: 'failed', clientId: 'a', error: 'full' },
    { type: 'queued', outgoing: outgoing('a') });
  assert.deepEqual(state.outbox, [outgoing('a')]);
});

test('a failed message keeps its error until it is sent again', () => {
  const failed = after({ type: 'queued', outgoing: outgoing('a') }, { type: 'failed', clientId: 'a', error: 'full' });
  assert.deepEqual([failed.outbox[0].status, failed.outbox[0].error], ['failed', 'full']);
  const again = reduce(failed, { type: 'sending', clientId: 'a' });
  assert.deepEqual([again.outbox[0].status, again.outbox[0].error], ['sending', null]);
});

test('a discarded message is gone and no other', () => {
  const state = after(
    { type: 'queued', outgoing: outgoing('a') }, { type: 'queued', outgoing: outgoing('b') },
    { type: 'discarded', clientId: 'a' });
  assert.deepEqual(state.outbox.map(({ clientId }) => clientId), ['b']);
});

test('a receipt raises own messages up to its id, and lowers none', () => {
  const state = after(
    history([own(1), message(2), own(3), own(4)]),
    { type: 'receipt', kind: 'read', by: 'bob', through: 3 },
    { type: 'receipt', kind: 'delivered', by: 'bob', through: 4 });
  assert.deepEqual(state.threads.bob.messages.map((one) => one.state), ['read', 'stored', 'read', 'delivered']);
});

test('a receipt raises the last message of the list of conversations', () => {
  const state = after(
    { type: 'queued', outgoing: outgoing('a') }, { type: 'sent', clientId: 'a', id: 9, sentAt: 90 },
    { type: 'receipt', kind: 'read', by: 'bob', through: 9 });
  assert.equal(state.conversations[0].last.state, 'read');
});

test('a deleted message leaves its thread and the list of conversations', () => {
  const state = after(
    history([]), { type: 'arrived', messages: [message(1), message(2)] }, { type: 'deleted', ids: [2] });
  assert.deepEqual(ids(state), [1]);
  assert.equal(state.conversations[0].last.id, 1);
});

test('reading marks what was read, and what came meanwhile stays unread', () => {
  const state = after(
    history([]), { type: 'arrived', messages: range(1, 3) }, { type: 'read', name: 'bob', through: 2 });
  assert.equal(state.conversations[0].unread, 1);
});

test('a message ends its writer’s typing', () => {
  const state = after({ type: 'typing', name: 'bob', until: 5 }, { type: 'arrived', messages: [message(1)] });
  assert.deepEqual(Object.keys(state.typing), []);
});

test('whoever is gone does not write', () => {
  const state = after({ type: 'typing', name: 'bob', until: 5 }, { type: 'presence', name: 'bob', isOnline: false });
  assert.deepEqual(Object.keys(state.typing), []);
});

test('presence comes and goes without doubles', () => {
  const on = { type: 'presence', name: 'bob', isOnline: true };
  assert.deepEqual(after({ type: 'present', online: ['bob'] }, on).online, ['bob']);
  assert.deepEqual(after(on, { ...on, isOnline: false }).online, []);
});

test('who has deleted the account is neither here nor writing, until somebody has the name again', () => {
  const gone = { type: 'gone', name: 'bob' };
  const state = after({ type: 'present', online: ['bob', 'cyd'] }, { type: 'typing', name: 'bob', until: 5 }, gone);
  assert.deepEqual([state.online, Object.keys(state.typing), state.gone], [['cyd'], [], ['bob']]);
  assert.equal(state.notice.text, 'bob deleted the account.');
  const listed = (name) => reduce(state, {
    type: 'conversations', conversations: [{ with: name, unread: 0, last: null }], isFirst: true, hasMore: false,
  });
  assert.deepEqual([listed('cyd').gone, listed('bob').gone], [['bob'], []]);
});

test('an empty draft is no draft', () => {
  const draft = (text) => ({ type: 'draft', name: 'bob', text });
  assert.deepEqual({ ...after(draft('so')).drafts }, { bob: 'so' });
  assert.deepEqual({ ...after(draft('so'), draft('')).drafts }, {});
});

test('a guest sees nothing of who was here before', () => {
  const state = reduce(after(history(range(1, 3)), { type: 'draft', name: 'bob', text: 'x' }), { type: 'guest' });
  assert.deepEqual({ ...state, line: null }, { ...initialState, phase: 'guest', line: null });
});

test('another account sees nothing of the one before', () => {
  const state = reduce(after(history(range(1, 3))), entered('eve'));
  assert.deepEqual([state.me, Object.keys(state.threads), state.conversations], ['eve', [], []]);
});

test('the same account keeps what it knows when the line is back', () => {
  const state = reduce(
    after(history(range(1, 3)), { type: 'queued', outgoing: outgoing('a') }), entered('ada'));
  assert.deepEqual(ids(state), [1, 2, 3]);
  assert.equal(state.outbox.length, 1);
});

test('what an account had written here is there when it logs in', () => {
  const written = { outbox: [outgoing('a', { status: 'failed', error: 'full' })], drafts: { bob: 'half' } };
  const state = reduce(after({ type: 'guest' }), entered('ada', written));
  assert.deepEqual([state.outbox, { ...state.drafts }], [written.outbox, written.drafts]);
});

test('a name like those of every object is a name like others', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const state = after(
      { type: 'opened', name }, { type: 'arrived', messages: [message(1, { from: name })] },
      { type: 'draft', name, text: 'x' }, { type: 'typing', name, until: 9 });
    assert.deepEqual(Object.keys(state.threads), [name], name);
    assert.deepEqual(state.threads[name].messages.map(({ id }) => id), [1], name);
    assert.deepEqual(Object.keys(state.drafts), [name], name);
  }
});

test('notes to oneself are never unread', () => {
  const state = after({ type: 'arrived', messages: [message(1, { from: 'ada', to: 'ada' })] });
  assert.deepEqual([state.conversations[0].with, state.conversations[0].unread], ['ada', 0]);
});

test('a further page of conversations does not undo what came while it was read', () => {
  const listed = (isFirst, ...conversations) => ({ type: 'conversations', conversations, isFirst, hasMore: true });
  const row = (name, id) => ({ with: name, unread: 0, last: message(id, { from: name }) });
  const state = after(
    listed(true, row('bob', 9), row('eve', 8)),
    { type: 'arrived', messages: [message(10, { from: 'zoe' })] },
    listed(false, row('zoe', 2), row('kim', 1)));
  assert.deepEqual(
    state.conversations.map((one) => [one.with, one.last.id]), [['zoe', 10], ['bob', 9], ['eve', 8], ['kim', 1]]);
});
