import assert from 'node:assert/strict';
import test from 'node:test';
import { reduce } from '../../../src/JoChat.Gateway/Web/Page/js/state.js';
import { KEPT, KEPT_HELD, KEPT_OPEN } from '../../../src/JoChat.Gateway/Web/Page/js/threads.js';
import { after, entered, history, ids, loading, message } from './builders.js';

const range = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => message(first + index));
const numbers = (first, last) => range(first, last).map(({ id }) => id);
const opened = { type: 'opened', name: 'bob' };
const held = { type: 'held', name: 'bob', isHeld: true };
const arrived = (first, last) => ({ type: 'arrived', messages: range(first, last) });
const unread = (count, last) =>
  ({ type: 'conversations', conversations: [{ with: 'bob', unread: count, last }], isFirst: true, hasMore: false });

test('newest messages that do not reach the known ones leave no gap', () => {
  const state = after(history(range(1, 5)), loading(), history(range(20, 25)));
  assert.deepEqual(ids(state), numbers(20, 25));
  assert.equal(state.threads.bob.hasOlder, true);
});

test('what came while they were read does not hide the gap', () => {
  const state = after(history(range(1, 5)), loading(), arrived(25, 26), history(range(20, 25)));
  assert.deepEqual(ids(state), numbers(20, 26));
});

test('newest messages that reach the known ones are joined to them', () => {
  assert.deepEqual(ids(after(history(range(1, 5)), loading(), history(range(5, 8)))), numbers(1, 8));
});

test('older messages come before the known ones', () => {
  const state = after(history(range(10, 12)), loading(10), history(range(1, 9), 10));
  assert.deepEqual(ids(state), numbers(1, 12));
  assert.equal(state.threads.bob.hasOlder, true);
});

test('no older messages are the beginning', () => {
  const state = after(history(range(1, 3)), loading(1), history([], 1));
  assert.deepEqual([ids(state), state.threads.bob.hasOlder], [numbers(1, 3), false]);
});

test('older messages of a part that is gone are not joined', () => {
  const state = after(history(range(10, 12)), loading(10), loading(), history(range(30, 32)), history(range(1, 9), 10));
  assert.deepEqual([ids(state), state.threads.bob.hasOlder], [numbers(30, 32), true]);
});

test('what could not be read changes nothing', () => {
  const state = after(history(range(10, 12)), loading(10), { type: 'notLoaded', name: 'bob' });
  assert.deepEqual([ids(state), state.threads.bob.hasOlder, state.threads.bob.isLoading], [numbers(10, 12), true, false]);
});

test('a burst does not grow a thread without bound, and the dropped can be read again', () => {
  const open = after(opened, history([]), arrived(1, 2 * KEPT_OPEN));
  assert.equal(open.threads.bob.messages.length, KEPT_OPEN);
  assert.equal(open.threads.bob.messages.at(-1).id, 2 * KEPT_OPEN);
  assert.equal(open.threads.bob.hasOlder, true);
  const left = reduce(open, { type: 'opened', name: null });
  assert.equal(left.threads.bob.messages.length, KEPT);
});

test('a burst drops nothing of what is read', () => {
  const state = after(opened, history(range(1, 100)), held, arrived(101, 2 * KEPT_OPEN));
  assert.deepEqual(ids(state), numbers(1, 2 * KEPT_OPEN));
});

test('a burst without end beside older messages that are read is bounded too, and the newest are read at last', () => {
  const cut = after(
    opened, history(range(1, 100)), held, arrived(101, KEPT_HELD), arrived(KEPT_HELD + 1, 3 * KEPT_HELD));
  assert.deepEqual(ids(cut), numbers(1, KEPT_HELD));
  assert.equal(cut.threads.bob.hasNewer, true);
  assert.equal(cut.conversations[0].last.id, 3 * KEPT_HELD);
  const newest = numbers(3 * KEPT_HELD - 59, 3 * KEPT_HELD);
  const state = [
    loading(), arrived(3 * KEPT_HELD + 1, 3 * KEPT_HELD + 1), history(newest.map((id) => message(id))),
  ].reduce(reduce, cut);
  assert.deepEqual(ids(state), [...newest, 3 * KEPT_HELD + 1]);
  assert.deepEqual([state.threads.bob.hasNewer, state.threads.bob.hasOlder], [false, true]);
});

test('a conversation that is left is no longer held', () => {
  const state = after(opened, history([]), held, { type: 'opened', name: null }, arrived(1, 2 * KEPT));
  assert.equal(state.threads.bob.messages.length, KEPT);
});

test('the first new message is the first unread one, also where all are unread', () => {
  assert.equal(after(history(range(1, 3)), unread(2, message(3)), opened).threads.bob.firstNew, 2);
  assert.equal(after(history(range(1, 3)), unread(3, message(3)), opened).threads.bob.firstNew, 1);
  assert.equal(after(history(range(2, 3)), unread(3, message(3)), opened).threads.bob.firstNew, null);
});

test('it is found also when the messages come after the conversation was opened', () => {
  const many = range(1, 300);
  assert.equal(after(unread(250, many.at(-1)), opened, loading(), history(many)).threads.bob.firstNew, 51);
});

test('what was deleted elsewhere leaves, also the newest and the last', () => {
  const known = [history(range(1, 5)), loading()];
  assert.deepEqual(ids(after(...known, history([message(1), message(2), message(4)]))), [1, 2, 4]);
  assert.deepEqual(ids(after(...known, history([]))), []);
});

test('what came while the newest were read stays', () => {
  const state = after(history(range(1, 5)), loading(), arrived(6, 6), history(range(1, 5)));
  assert.deepEqual(ids(state), numbers(1, 6));
});

// Another device read and wrote meanwhile: its messages are not pushed to this one.
test('what was exchanged elsewhere while there was no line is no gap, though a message comes before it is read', () => {
  const back = after(history(range(1, 9)), entered('ada'), arrived(81, 81));
  assert.deepEqual(ids([loading(), history(range(22, 81))].reduce(reduce, back)), numbers(22, 81));
  assert.deepEqual(ids([loading(), arrived(82, 82), history(range(9, 81))].reduce(reduce, back)), numbers(1, 82));
});

test('what was known before the line was lost is still there when the newest cannot be read', () => {
  const failed = [loading(), { type: 'notLoaded', name: 'bob' }];
  const back = after(history(range(1, 9)), ...failed, entered('ada'), arrived(81, 81), ...failed, arrived(82, 82));
  assert.deepEqual([ids(back), back.threads.bob.hasNewer], [numbers(1, 9), true]);
  const late = after(history(range(1, 9)), entered('ada'), loading(), arrived(81, 81), failed[1]);
  assert.deepEqual([ids(late), late.threads.bob.hasNewer], [numbers(1, 9), true]);
});
