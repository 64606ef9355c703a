import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScriptedServer, collect, joinedFrame, message, pass } from './scripted-server.mjs';

const offsets = events => events.flatMap(event => event.messages ?? [event]).map(each => each.offset);

test('messages come in order and each once', async () => {
  const server = new ScriptedServer();
  const room = await server.enter({ offset: 5 });
  const seen = collect(room, 'message');

  for (const offset of [6, 7, 7, 6, 8]) server.link.say(message(offset));

  assert.deepEqual(offsets(seen), [6, 7, 8]);
  assert.deepEqual(room.position, { epoch: 'e1', offset: 8 });
});

test('a resume tells the last message taken, and what was missed is appended', async () => {
  const server = new ScriptedServer();
  const room = await server.enter({ offset: 5 });
  const seen = collect(room, 'joined', 'message');
  server.link.say(message(6, { id: 'x', name: 'Eve' }));

  const join = await server.comeBack();
  assert.deepEqual(join.since, { epoch: 'e1', offset: 6, id: 'x', name: 'Eve' });

  server.link.say(joinedFrame({ position: { epoch: 'e1', offset: 8 }, recovered: true, messages: [message(7), message(8)] }));
  server.link.say(message(9));
  assert.deepEqual(offsets(seen), [6, 7, 8, 9]);
  const { reset, recovered, missed } = seen.find(event => event.type === 'joined');
  assert.deepEqual({ reset, recovered, missed }, { reset: false, recovered: true, missed: false });
});

test('before any message the position alone is told', async () => {
  const server = new ScriptedServer();
  await server.enter({ offset: 5 });
  const join = await server.comeBack();
  assert.deepEqual(join.since, { epoch: 'e1', offset: 5 });
});

test('what cannot be recovered replaces what was shown', async () => {
  const server = new ScriptedServer();
  const room = await server.enter({ offset: 5 });
  const seen = collect(room, 'joined');
  await server.comeBack();

  server.link.say(joinedFrame({ position: { epoch: 'e2', offset: 2 }, messages: [message(1), message(2)] }));

  const [{ reset, recovered, missed }] = seen;
  assert.deepEqual({ reset, recovered, missed }, { reset: true, recovered: false, missed: true });
  assert.deepEqual(offsets(seen), [1, 2]);
  assert.deepEqual(room.position, { epoch: 'e2', offset: 2 });
});

test('a missing message is asked for over a new link, and nothing is shown past the hole', async () => {
  const server = new ScriptedServer();
  const room = await server.enter({ offset: 5 });
  const seen = collect(room, 'message');

  server.link.say(message(7));
  assert.deepEqual(offsets(seen), []);
  assert.ok(server.link.closed);

  await pass(250);
  server.link.welcome();
  assert.deepEqual(server.link.take('join').since, { epoch: 'e1', offset: 5 });
});

test('a resync replaces what was shown and the position', async () => {
  const server = new ScriptedServer();
  const room = await server.enter({ offset: 5 });
  const seen = collect(room, 'resync', 'message');

  server.link.say({ type: 'resync', room: 'lobby', position: { epoch: 'e2', offset: 1 }, messages: [message(1)] });
  server.link.say(message(2));

  assert.deepEqual(offsets(seen), [1, 2]);
  assert.equal(seen[0].switched, false);
});

test('a switch to pubsub ends positions, one to stream begins them again', async () => {
  const server = new ScriptedServer();
  const room = await server.enter({ offset: 5 });
  const seen = collect(room, 'resync', 'message');

  server.link.say({ type: 'backplane', mode: 'pubsub' });
  assert.equal(server.client.backplane, 'pubsub');
  assert.equal(room.position, null);
  server.link.say({ ...message(undefined, { id: 'p' }), offset: undefined });

  server.link.say({ type: 'backplane', mode: 'stream' });
  server.link.say({ type: 'resync', room: 'lobby', position: { epoch: 'e9', offset: 0 }, messages: [] });
  server.link.say(message(1));

  assert.deepEqual(seen.map(event => event.id ?? event.type), ['p', 'resync', 'm1']);
  assert.equal(seen[1].switched, true);
  assert.deepEqual(room.position, { epoch: 'e9', offset: 1 });
});

test('no resume crosses a switch', async () => {
  const server = new ScriptedServer();
  await server.enter({ offset: 5 });
  server.link.say({ type: 'backplane', mode: 'pubsub' });
  const join = await server.comeBack();
  assert.equal(join.since, undefined);
});

test('without a stream repeats are known by name and id, and a break is admitted', async () => {
  const server = new ScriptedServer();
  const room = await server.enter({ backplane: 'pubsub' });
  const seen = collect(room, 'joined', 'message');
  const plain = (id, name = 'Bob') => ({ ...message(undefined, { id, name }), offset: undefined });

  for (const each of [plain('a'), plain('a'), plain('a', 'Eve'), plain('b')]) server.link.say(each);
  await server.comeBack({ welcome: { backplane: 'pubsub' } });
  server.link.say(joinedFrame({}));
  server.link.say(plain('b'));

  assert.deepEqual(seen.map(event => event.type === 'joined' ? event.missed : event.name + event.id), ['Boba', 'Evea', 'Bobb', true]);
  assert.equal(seen.at(-1).reset, false);
});

test('own messages are marked', async () => {
  const server = new ScriptedServer();
  const room = await server.enter({ name: 'Ann', offset: 5 });
  const seen = collect(room, 'message');
  server.link.say(message(6, { name: 'Ann' }));
  server.link.say(message(7, { name: 'Bob' }));
  assert.deepEqual(seen.map(event => event.own), [true, false]);
});

test('unknown frames are ignored', async () => {
  const server = new ScriptedServer();
  const room = await server.enter({ offset: 5 });
  server.link.say({ type: 'weather', room: 'lobby' });
  server.link.say({ type: 'weather' });
  assert.equal(server.client.state, 'open');
  assert.equal(room.state, 'joined');
});

test('a frame that is not JSON ends the link', async () => {
  const server = new ScriptedServer();
  await server.enter();
  server.link.onmessage({ data: 'what?' });
  assert.equal(server.client.state, 'waiting');
});
