import assert from 'node:assert/strict';
import test from 'node:test';
import { LineEnd, Memory, settled } from './line-end.js';
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

test('so it is on the next line', async () => {
  const { session, line, types } = await listed();
  line.close();
  void session.connect();
  await LineEnd.newest.enter();
  await LineEnd.newest.tell('message', wire(7));
  assert.deepEqual(types(), ['entered', 'conversations', 'entered']);
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

test('a log out while the line is being made holds on that line and on the next', async () => {
  const told = [];
  const session = new Session('ws://here/ws', new Memory(), (action) => told.push(action.type));
  void session.connect();
  const half = LineEnd.newest;
  await half.open();
  await half.answer('hello', { limits: {} });
  await session.logOut('ada');
  await half.answer('resume', { username: 'ada' }).catch(() => {}); // it was on its way
  void session.connect();
  const next = LineEnd.newest;
  await next.enter();
  assert.deepEqual(next.types(), ['hello', 'resume', 'logout']);
  await next.answer('logout');
  assert.deepEqual(told.filter((type) => type !== 'line'), ['guest', 'guest']);
  void session.connect(); // somebody logged in meanwhile
  await LineEnd.newest.enter('eve');
  assert.equal(told.at(-1), 'entered');
  session.release();
});

test('a log out without a line forgets what was written here', async () => {
  const database = new Memory();
  database.waiting = [outgoing('a')];
  const session = new Session('ws://here/ws', database, () => {});
  localStorage.setItem('jochat.draft ["ada","bob"]', 'half a sen');
  await session.logOut('ada');
  assert.deepEqual([database.waiting, localStorage.getItem('jochat.draft ["ada","bob"]')], [[], null]);
  localStorage.removeItem('jochat.logged-out');
});

test('nothing of the account is shown any more, however slow the disk is', async () => {
  const { session, database, line, types } = await listed();
  database.unsee = () => new Promise(() => {});
  void session.logOut('ada');
  await line.answer('presence', { online: [] });
  await line.answer('logout');
  await settled();
  assert.equal(types().at(-1), 'guest');
});

test('a server that is busy is asked less and less often', async (t) => {
  t.mock.method(Math, 'random', () => 1);
  t.mock.method(globalThis, 'setTimeout', () => 0);
  const told = [];
  const session = new Session('ws://here/ws', new Memory(), (action) => told.push(action));
  for (let attempt = 0; attempt < 4; attempt++) {
    void session.connect();
    await LineEnd.newest.open();
    await LineEnd.newest.answer('hello', { limits: {} });
    await LineEnd.newest.tell('resume', { status: 'error', code: 'busy', msg: 'Server is busy, try again later.' });
  }
  const delays = setTimeout.mock.calls.map((call) => call.arguments[1]).filter((delay) => delay < 10_000);
  assert.deepEqual(delays, [500, 1000, 2000, 4000]);
});

test('a line that does not open is given up', async (t) => {
  const timers = [];
  t.mock.method(globalThis, 'setTimeout', (tell) => timers.push(tell));
  const told = [];
  const session = new Session('ws://here/ws', new Memory(), (action) => told.push(action));
  void session.connect();
  assert.equal(timers.length, 1);
  timers[0]();
  assert.equal(told.at(-1).line.status, 'waiting');
});
