import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dayLabel } from '../../../src/JoChat.Gateway/Web/Page/js/times.js';
import { entriesOf, placeOf, newFrom } from '../../../src/JoChat.Gateway/Web/Page/js/views/message-entries.js';

const noon = new Date(2026, 2, 10, 12).getTime();
const minute = 60_000;
const day = 24 * 60 * minute;

const message = (id, sender, sentAt) =>
  ({ id, sender, recipient: sender === 'ada' ? 'bob' : 'ada', content: `text ${id}`, sentAt, state: 'stored' });
const about = { me: 'ada', firstNew: null, now: noon, top: null };
const kinds = (entries) => entries.map(({ kind }) => kind).join(' ');

test('messages of one sender within five minutes are a group', () => {
  const entries = entriesOf([
    message(1, 'bob', noon), message(2, 'bob', noon + 4 * minute), message(3, 'bob', noon + 9 * minute),
    message(4, 'ada', noon + 10 * minute),
  ], [], about).slice(1);
  assert.deepEqual(entries.map(({ isFirst }) => isFirst), [true, false, true, true]);
  assert.deepEqual(entries.map(({ isLast }) => isLast), [false, true, true, true]);
});

test('each day begins with its label', () => {
  const entries = entriesOf([message(1, 'bob', noon - day), message(2, 'bob', noon)], [], about);
  assert.equal(kinds(entries), 'day message day message');
  assert.equal(entries[2].label, dayLabel(noon, noon));
});

test('a day that comes twice has unlike keys', () => {
  const messages = [message(1, 'bob', noon), message(2, 'bob', noon - day), message(3, 'bob', noon)];
  const entries = entriesOf(messages, [], about);
  assert.equal(new Set(entries.map(({ key }) => key)).size, entries.length);
});

test('the new line stands before the first message of the other one behind the mark', () => {
  const messages = [message(1, 'bob', noon), message(2, 'ada', noon), message(3, 'bob', noon), message(4, 'bob', noon)];
  const entries = entriesOf(messages, [], { ...about, firstNew: 2 });
  assert.equal(kinds(entries), 'day message message new message message');
});

test('who answers has read what came before', () => {
  const messages = [message(1, 'bob', noon), message(2, 'bob', noon), message(3, 'ada', noon), message(4, 'bob', noon)];
  assert.equal(newFrom(messages, 2, 'ada'), 4);
  assert.equal(newFrom(messages, 4, 'ada'), 4);
  assert.equal(newFrom(messages.slice(0, 2), 2, 'ada'), 2);
  assert.equal(newFrom(messages, null, 'ada'), null);
});

test('the new line may stand above all, but not where the new ones go on above', () => {
  const messages = [message(5, 'bob', noon)];
  assert.equal(kinds(entriesOf(messages, [], { ...about, firstNew: 5 })), 'day new message');
  assert.equal(kinds(entriesOf(messages, [], { ...about, firstNew: 4 })), 'day message');
});

test('what waits to be sent comes last, as one\'s own', () => {
  const outgoing = { clientId: 'c', to: 'bob', text: 'later', at: noon + minute, status: 'waiting', error: null };
  const entries = entriesOf([message(1, 'ada', noon)], [outgoing], about);
  assert.equal(kinds(entries), 'day message outgoing');
  assert.deepEqual([entries[2].isOwn, entries[2].isFirst, entries[2].state], [true, false, 'waiting']);
});

test('only one\'s own messages have a state', () => {
  const [, theirs, own] = entriesOf([message(1, 'bob', noon), message(2, 'ada', noon)], [], about);
  assert.deepEqual([theirs.state, own.state], ['', 'stored']);
});

test('the place of an id is that of the first message with it or behind it', () => {
  const messages = [2, 4, 6].map((id) => message(id, 'bob', noon));
  assert.deepEqual([1, 2, 3, 4, 6, 7].map((id) => placeOf(messages, id)), [0, 0, 1, 1, 2, 3]);
});
