import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ScriptedServer, pass, settle } from './scripted-server.mjs';

// As much of a browser as the client looks at.
const page = new EventTarget();
const browser = new EventTarget();

beforeEach(() => {
  page.visibilityState = 'visible';
  globalThis.document = page;
  globalThis.addEventListener = browser.addEventListener.bind(browser);
});

afterEach(() => {
  delete globalThis.document;
  delete globalThis.addEventListener;
});

const show = state => {
  page.visibilityState = state;
  page.dispatchEvent(new Event('visibilitychange'));
};

async function longWait(server, code) {
  await server.enter();
  for (let i = 0; i < 8; i++) {
    server.link.drop(code);
    if (i < 7) await pass(server.state.delayMs);
  }

  assert.ok(server.state.delayMs > 10_000);
}

for (const [what, happens] of [['is shown again', () => show('visible')], ['has a network again', () => browser.dispatchEvent(new Event('online'))]]) {
  test(`a page that ${what} reconnects without waiting any longer`, async () => {
    const server = new ScriptedServer();
    await longWait(server);
    const before = server.sockets.length;
    happens();
    await pass(250);
    assert.equal(server.sockets.length, before + 1);
  });
}

test('a page that is hidden goes on waiting', async () => {
  const server = new ScriptedServer();
  await longWait(server);
  const before = server.sockets.length;
  show('hidden');
  await pass(250);
  assert.equal(server.sockets.length, before);
});

test('who was asked to pause is not hurried', async () => {
  const server = new ScriptedServer();
  await server.enter();
  server.link.drop(4503);
  show('visible');
  await pass(5_000);
  assert.equal(server.sockets.length, 1);
});

test('a connection that may be dead is asked for a sign of life', async () => {
  const server = new ScriptedServer();
  await server.enter();
  show('visible');
  await settle();
  assert.ok(server.link.take('ping'));
  await pass(5_000);
  assert.equal(server.state.state, 'waiting');
});

test('a lost network is a reason to doubt, not to try', async () => {
  const server = new ScriptedServer();
  await server.enter();
  browser.dispatchEvent(new Event('offline'));
  assert.ok(server.link.take('ping'));
  await pass(5_000);
  assert.equal(server.state.state, 'waiting');
  const { delayMs } = server.state;
  browser.dispatchEvent(new Event('offline'));
  assert.equal(server.state.delayMs, delayMs);
});

test('a client that was closed watches no more', async () => {
  const server = new ScriptedServer();
  await server.enter();
  server.client.close();
  show('visible');
  await pass(60_000);
  assert.equal(server.sockets.length, 1);
});
