import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newMessageId } from '../../../AspireChat.Gateway/wwwroot/js/aspirechat-client.js';
import { ScriptedServer, joinedFrame, message, pass, settle } from './scripted-server.mjs';

const ack = (id, offset = 1) => ({ type: 'ack', room: 'lobby', id, offset, epoch: 'e1' });
const error = (id, code) => ({ type: 'error', room: 'lobby', id, code, message: `it is ${code}` });

test('ids hold 96 random bits or more and fit the protocol', () => {
  const ids = new Set(Array.from({ length: 1_000 }, newMessageId));
  assert.equal(ids.size, 1_000);
  for (const id of ids) assert.match(id, /^[0-9a-f]{24,64}$/);
});

test('a send is resolved by its acknowledgement', async () => {
  const server = new ScriptedServer();
  const room = await server.enter();
  const sending = room.send('hello');
  const { id, ...frame } = server.link.take('send');
  assert.deepEqual(frame, { type: 'send', room: 'lobby', text: 'hello' });

  server.link.say(ack(id, 1));
  assert.deepEqual(await sending, { id, offset: 1, epoch: 'e1' });
});

test('one message per room is under way at a time, in order', async () => {
  const server = new ScriptedServer();
  const room = await server.enter();
  const sending = ['one', 'two', 'three'].map(text => room.send(text));

  const texts = [];
  for (let i = 0; i < 3; i++) {
    assert.equal(server.link.sent.length, 1);
    const { id, text } = server.link.take('send');
    texts.push(text);
    server.link.say(ack(id));
  }

  await Promise.all(sending);
  assert.deepEqual(texts, ['one', 'two', 'three']);
});

for (const code of ['unavailable', 'rate_limited']) {
  test(`${code} is tried again with the same id, before what comes after it`, async () => {
    const server = new ScriptedServer();
    const room = await server.enter();
    room.send('one');
    const second = room.send('two');
    const { id } = server.link.take('send');

    server.link.say(error(id, code));
    assert.equal(server.link.take('send'), undefined);
    await pass(2_000);
    const again = server.link.take('send');
    assert.deepEqual([again.id, again.text], [id, 'one']);

    server.link.say(ack(id));
    const next = server.link.take('send');
    assert.equal(next.text, 'two');
    server.link.say(ack(next.id));
    await second;
  });
}

test('what the server does not want is rejected with its words, and the next goes on', async () => {
  const server = new ScriptedServer();
  const room = await server.enter();
  const refused = assert.rejects(room.send('x'), { name: 'ChatError', code: 'bad_text', message: 'it is bad_text' });
  const next = room.send('two');

  server.link.say(error(server.link.take('send').id, 'bad_text'));
  await refused;
  server.link.say(ack(server.link.take('send').id));
  await next;
});

test('a send without an answer is repeated on the same link', async () => {
  const server = new ScriptedServer();
  const room = await server.enter();
  const sending = room.send('hello');
  const { id } = server.link.take('send');
  await pass(10_000);
  assert.equal(server.link.take('send').id, id);
  server.link.say(ack(id));
  await sending;
});

test('a send whose answer was lost with the link is repeated on the next, once the room is joined', async () => {
  const server = new ScriptedServer();
  const room = await server.enter();
  const sending = room.send('hello');
  const { id } = server.link.take('send');

  await server.comeBack();
  assert.equal(server.link.take('send'), undefined);
  server.link.say(joinedFrame({ position: { epoch: 'e1', offset: 0 }, recovered: true }));
  assert.equal(server.link.take('send').id, id);
  server.link.say(ack(id));
  await sending;
});

test('a send that turns out to have arrived is not repeated', async () => {
  const server = new ScriptedServer();
  const room = await server.enter();
  const sending = room.send('hello');
  const { id } = server.link.take('send');

  await server.comeBack();
  server.link.say(joinedFrame({
    position: { epoch: 'e1', offset: 1 }, recovered: true, messages: [message(1, { id, name: 'Ann' })],
  }));

  assert.equal(server.link.take('send'), undefined);
  assert.deepEqual(await sending, { id, offset: 1, epoch: 'e1' });
});

test('what is written without a connection goes out when there is one', async () => {
  const server = new ScriptedServer();
  const room = server.client.join('lobby', { name: 'Ann' });
  const sending = room.send('early');
  server.client.connect();
  await settle();
  server.link.welcome();
  server.link.say(joinedFrame({ position: { epoch: 'e1', offset: 0 } }));
  server.link.say(ack(server.link.take('send').id));
  await sending;
});

test('a repeat that the servers could take for a new message is not made', async () => {
  const server = new ScriptedServer();
  const room = await server.enter();
  const expired = assert.rejects(room.send('hello'), { code: 'expired' });
  server.link.take('send');
  server.link.drop();
  await pass(250);
  await pass(240_000);
  while (server.client.state !== 'connecting') await pass(30_000);
  server.link.welcome();
  server.link.say(joinedFrame({ position: { epoch: 'e1', offset: 0 }, recovered: true }));
  await expired;
  assert.equal(server.link.take('send'), undefined);
});

test('leaving rejects what waits, and a room that was left takes nothing', async () => {
  const server = new ScriptedServer();
  const room = await server.enter();
  const waiting = assert.rejects(room.send('hello'), { code: 'left' });
  room.leave();
  await waiting;
  assert.ok(server.link.take('leave'));
  await assert.rejects(room.send('more'), { code: 'left' });
  assert.equal(server.client.rooms.size, 0);
});
