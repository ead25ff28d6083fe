import assert from 'node:assert/strict';
import test from 'node:test';
import { LineEnd, Memory } from './line-end.js';
import { outgoing } from './builders.js';
import { Session } from '../../../src/JoChat.Gateway/Web/Page/js/session.js';

const wire = (id, sender = 'bob') => ({ id, sender, recipient: 'ada', content: `text ${id}`, sent_at: id });
const row = (name, id) => ({ with: name, unread_count: 1, last_message: { ...wire(id, name), state: 'delivered' } });

/** ada's session on a line that has just been resumed. */
async function entered(waiting = []) {
  const told = [];
  const database = new Memory();
  database.waiting = waiting;
  const session = new Session('ws://here/ws', database, (action) => told.push(action));
  void session.connect();
  const line = LineEnd.newest;
  await line.enter();
  return { session, database, told, line, types: () => told.map(({ type }) => type).filter((type) => type !== 'line') };
}

/** The same with its conversations listed. */
async function listed(waiting) {
  const session = await entered(waiting);
  await session.line.answer('conversations', { conversations: [row('bob', 5)] });
  return session;
}

test('a message that came while the conversations were read is told behind them', async () => {
  const { line, types } = await entered();
  await line.tell('message', wire(7));
  await line.answer('conversations', { conversations: [row('bob', 6)] });
  assert.deepEqual(types(), ['entered', 'conversations', 'arrived']);
  assert.deepEqual(line.heard.filter((one) => one.msg_type === 'ack').map(({ data }) => data.ids), [[7]]);
});

test('what came and was not told when the line was lost is not told: it comes again', async () => {
  const { session, line, types } = await entered();
  await line.tell('message', wire(7));
  line.close();
  void session.connect();
  await LineEnd.newest.enter();
  await LineEnd.newest.answer('conversations', { conversations: [] });
  assert.deepEqual(types(), ['entered', 'entered', 'conversations']);
});

test('a message that came before an own one was stored is told before it', async (t) => {
  const { line, types } = await listed([outgoing('a')]);
  t.after(() => { document.hidden = true; });
  document.hidden = false;
  await line.tell('message', wire(6));
  await line.answer('send_message', { id: 7, sent_at: 7 });
  assert.deepEqual(types(), ['entered', 'sending', 'conversations', 'arrived', 'sent']);
});

test('a receipt is told behind the message that it is about, however slow the disk is', async () => {
  const { database, line, types } = await listed([outgoing('a')]);
  database.remove = () => new Promise(() => {});
  await line.answer('send_message', { id: 7, sent_at: 7 });
  await line.tell('receipt', { kind: 'delivered', by: 'bob', ids: [7] });
  assert.deepEqual(types().slice(-2), ['sent', 'receipt']);
});

test('a message that was sent is told though it cannot be forgotten', async () => {
  const { database, line, types } = await listed([outgoing('a')]);
  database.remove = async () => { throw new Error('the disk is gone'); };
  await line.answer('send_message', { id: 7, sent_at: 7 });
  assert.equal(types().at(-1), 'sent');
});

test('a refused message is told though that cannot be kept', async () => {
  const { database, line, types } = await listed([outgoing('a')]);
  database.put = async () => { throw new Error('the disk is full'); };
  await line.tell('send_message', { status: 'error', code: 'no_such_recipient', msg: 'Recipient does not exist.' });
  assert.equal(types().at(-1), 'failed');
});

test('a page of conversations that is short because they are long is not the last', async () => {
  const { line, told } = await entered();
  await line.answer('conversations', { conversations: [row('bob', 6)] });
  assert.equal(told.find(({ type }) => type === 'conversations').hasMore, true);
});
