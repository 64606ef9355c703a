import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AspireChatClient } from '../../../AspireChat.Gateway/wwwroot/js/aspirechat-client.js';
import { Backoff } from '../../../AspireChat.Gateway/wwwroot/js/client/backoff.js';
import { ScriptedServer, joinedFrame, pass, settle } from './scripted-server.mjs';

test('waits grow with full jitter up to a cap', () => {
  const longest = new Backoff({ random: () => 1 });
  assert.deepEqual(Array.from({ length: 9 }, () => longest.next()), [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);

  const shortest = new Backoff({ random: () => 0 });
  assert.deepEqual(Array.from({ length: 3 }, () => shortest.next()), [0, 0, 0]);
});

test('a lost link is replaced after a wait that doubles while it fails', async () => {
  const server = new ScriptedServer();
  server.client.connect();
  await settle();

  const waits = [];
  for (let i = 0; i < 4; i++) {
    server.link.drop();
    waits.push(server.state.delayMs);
    await pass(server.state.delayMs);
  }

  assert.deepEqual(waits, [125, 250, 500, 1_000]);
  assert.equal(server.sockets.length, 5);
});

test('a link that held starts the waits anew, one that broke at once does not', async () => {
  const server = new ScriptedServer();
  server.client.connect();
  await settle();

  server.link.welcome();
  server.link.drop();
  assert.equal(server.state.delayMs, 125);
  await pass(125);
  server.link.welcome();
  server.link.drop();
  assert.equal(server.state.delayMs, 250);
  await pass(250);
  server.link.welcome();
  await pass(6_000);
  server.link.drop();
  assert.equal(server.state.delayMs, 125);
});

for (const code of [1001, 1006, 1011, 1012, 4000, 4001, 4002]) {
  test(`close ${code} is followed by a reconnect`, async () => {
    const server = new ScriptedServer();
    await server.enter();
    server.link.drop(code);
    assert.equal(server.state.state, 'waiting');
    await pass(250);
    assert.equal(server.sockets.length, 2);
  });
}

for (const code of [1003, 1009, 4500, 4501]) {
  test(`close ${code} is final and rejects what waits`, async () => {
    const server = new ScriptedServer();
    const room = await server.enter();
    const sent = assert.rejects(room.send('lost'), { code: 'closed' });
    server.link.drop(code);
    await sent;
    assert.equal(server.state.state, 'closed');
    await pass(600_000);
    assert.equal(server.sockets.length, 1);
  });
}

test('close 4503 is followed by a pause', async () => {
  const server = new ScriptedServer();
  await server.enter();
  server.link.drop(4503);
  await pass(9_999);
  assert.equal(server.sockets.length, 1);
  await pass(1_000);
  assert.equal(server.sockets.length, 2);
});

test('a reconnect frame sets the wait, counted from the frame', async () => {
  const server = new ScriptedServer();
  await server.enter();
  server.link.say({ type: 'reconnect', reason: 'draining', afterMs: 3_000 });
  await pass(1_000);
  server.link.drop(1001);
  assert.equal(server.state.delayMs, 2_000);
  await pass(2_000);
  assert.equal(server.sockets.length, 2);
});

test('the client hangs up itself when no close follows a reconnect frame', async () => {
  const server = new ScriptedServer();
  await server.enter();
  server.link.say({ type: 'reconnect', reason: 'draining', afterMs: 1_000 });
  server.link.say({ type: 'typing', room: 'lobby', name: 'Bob' });
  await pass(6_000);
  assert.ok(server.sockets[0].closed);
  await pass(0);
  assert.equal(server.sockets.length, 2);
});

test('a link without a welcome is given up', async () => {
  const server = new ScriptedServer();
  server.client.connect();
  await settle();
  await pass(10_000);
  assert.ok(server.sockets[0].closed);
  await pass(125);
  assert.equal(server.sockets.length, 2);
});

test('a silent link is asked for a sign of life, and given up without one', async () => {
  const server = new ScriptedServer();
  await server.enter();

  await pass(20_000);
  assert.ok(server.link.take('ping'));
  server.link.say({ type: 'pong' });
  await pass(19_999);
  assert.equal(server.link.take('ping'), undefined);
  await pass(1);
  assert.ok(server.link.take('ping'));
  await pass(5_000);

  assert.ok(server.sockets[0].closed);
  assert.equal(server.state.state, 'waiting');
});

test('what a link says after it was given up is not heard', async () => {
  const server = new ScriptedServer();
  await server.enter();
  for (const ms of [20_000, 5_000, 125]) await pass(ms);
  assert.equal(server.sockets.length, 2);

  server.sockets[0].welcome({ instance: 'chat-9' });
  server.sockets[0].drop(4501);

  assert.equal(server.client.instance, 'chat-1');
  assert.equal(server.state.state, 'connecting');
});

test('retry does not wait, close ends it', async () => {
  const server = new ScriptedServer();
  await server.enter();
  server.link.drop();
  server.client.retry();
  await settle();
  assert.equal(server.sockets.length, 2);

  server.client.close();
  assert.ok(server.link.closed);
  assert.equal(server.state.state, 'closed');
  await pass(600_000);
  assert.equal(server.sockets.length, 2);
});

test('each link offers a fresh ticket as a second sub-protocol', async () => {
  let number = 0;
  const server = new ScriptedServer({ ticket: async () => `t${++number}` });
  await server.enter();
  server.link.drop();
  await pass(250);
  assert.deepEqual(server.sockets.map(socket => socket.protocols), [['aspirechat.v1', 'ticket.t1'], ['aspirechat.v1', 'ticket.t2']]);
});

test('without a ticket the client tries again later', async () => {
  let fail = true;
  const server = new ScriptedServer({ ticket: async () => { if (fail) throw new Error('no'); return 't'; } });
  server.client.connect();
  await settle();
  assert.equal(server.state.state, 'waiting');
  fail = false;
  await pass(125);
  assert.equal(server.sockets.length, 1);
});

test('an address that is none is refused at once', () => {
  assert.throws(() => new AspireChatClient('not an address'), TypeError);
});

test('every room is joined again after a reconnect', async () => {
  const server = new ScriptedServer();
  await server.enter();
  server.client.join('attic', { name: 'Ann', history: 0, presence: false });
  assert.deepEqual(server.link.take('join'), { type: 'join', room: 'attic', name: 'Ann', history: 0, presence: false });
  server.link.say(joinedFrame({ room: 'attic' }));

  await server.comeBack();
  assert.equal(server.link.take('join').room, 'attic');
});
