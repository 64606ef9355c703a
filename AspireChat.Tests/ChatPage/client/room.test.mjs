import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScriptedServer, collect, joinedFrame, message, pass, settle } from './scripted-server.mjs';

test('a join asks for history and presence as told', async () => {
  const server = new ScriptedServer();
  server.client.join('lobby', { name: 'Ann', history: 100 });
  server.client.connect();
  await settle();
  assert.deepEqual(server.link.protocols, ['aspirechat.v1']);
  server.link.welcome();
  assert.deepEqual(server.link.take('join'), { type: 'join', room: 'lobby', name: 'Ann', history: 100 });
});

test('ready is resolved by the first joined', async () => {
  const server = new ScriptedServer();
  const room = await server.enter();
  assert.equal(await room.ready, room);
});

test('a join that is refused is final', async () => {
  const server = new ScriptedServer();
  const room = server.client.join('lobby', { name: 'Ann' });
  const refused = collect(room, 'refused');
  const sending = assert.rejects(room.send('x'), { code: 'forbidden' });
  server.client.connect();
  await settle();
  server.link.welcome();
  server.link.say({ type: 'error', room: 'lobby', code: 'forbidden', message: 'Not in here.' });

  await sending;
  await assert.rejects(room.ready, { code: 'forbidden' });
  assert.deepEqual(refused, [{ type: 'refused', code: 'forbidden', message: 'Not in here.' }]);
  assert.equal(server.client.rooms.size, 0);
});

test('a join that is unavailable is tried again', async () => {
  const server = new ScriptedServer();
  server.client.join('lobby', { name: 'Ann' });
  server.client.connect();
  await settle();
  server.link.welcome();
  server.link.take('join');
  server.link.say({ type: 'error', room: 'lobby', code: 'unavailable', message: 'Redis is away.' });
  await pass(250);
  assert.ok(server.link.take('join'));
});

test('members come and go by name, and counts are taken as told', async () => {
  const server = new ScriptedServer();
  const room = await server.enter();
  const presence = (event, name, members) => server.link.say({ type: 'presence', room: 'lobby', event, name, members });
  presence('joined', 'Bob', 2);
  presence('joined', 'Bob', 2);
  assert.deepEqual([...room.members], ['Ann', 'Bob']);
  presence('left', 'Bob', 1);
  assert.deepEqual([...room.members], ['Ann']);
  presence('count', undefined, 250);
  assert.equal(room.memberCount, 250);
});

test('typing is told once in two seconds', async () => {
  const server = new ScriptedServer();
  const room = await server.enter();
  for (let i = 0; i < 5; i++) room.typing();
  assert.equal(server.link.sent.filter(frame => frame.type === 'typing').length, 1);
  await pass(2_000);
  room.typing();
  assert.equal(server.link.sent.filter(frame => frame.type === 'typing').length, 2);
});

test('a room can be left and joined again at once', async () => {
  const server = new ScriptedServer();
  const first = await server.enter({ offset: 5 });
  first.leave();
  const second = server.client.join('lobby', { name: 'Bea' });
  const seen = collect(second, 'message', 'joined');

  server.link.say(message(6));
  server.link.say({ type: 'left', room: 'lobby' });
  server.link.say(joinedFrame({ position: { epoch: 'e1', offset: 6 }, messages: [message(6)] }));
  server.link.say(message(7));

  assert.deepEqual(seen.map(event => event.type), ['joined', 'message']);
});

test('joining twice is refused with the remedy', async () => {
  const server = new ScriptedServer();
  await server.enter();
  assert.throws(() => server.client.join('lobby', { name: 'Ann' }), { code: 'already_joined', message: /leave it before joining again/ });
});

test('errors are told to whom they concern', async () => {
  const server = new ScriptedServer();
  const room = await server.enter();
  const here = collect(room, 'error');
  const there = collect(server.client, 'error');
  server.link.say({ type: 'error', room: 'lobby', code: 'rate_limited', message: 'Slow down.' });
  server.link.say({ type: 'error', code: 'bad_json', message: 'What?' });
  assert.deepEqual(here.map(event => event.code), ['rate_limited']);
  assert.deepEqual(there.map(event => event.code), ['bad_json']);
});
