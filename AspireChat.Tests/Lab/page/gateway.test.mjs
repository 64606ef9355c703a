import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gateway } from '../../../AspireChat.Gateway/wwwroot/lab/js/page/gateway.js';
import { Permission } from '../../../AspireChat.Gateway/wwwroot/lab/js/page/permission.js';

/** Lets the gateway answer so. */
function answering(status, body) {
  globalThis.fetch = async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
  return new Gateway();
}

test('an instance that was killed cannot confirm a switch, and does not prevent it', async () => {
  const gateway = answering(504, { code: 'unconfirmed', message: 'The mode is local now, but not confirmed by chat-3.' });
  await gateway.switchTo('local');
});

test('what is refused is told in the words of whoever refused it', async () => {
  await assert.rejects(answering(503, { code: 'unavailable', message: 'Redis did not take the new mode; try again.' }).switchTo('local'),
    { message: 'Redis did not take the new mode; try again.', status: 503 });
  await assert.rejects(answering(502, '<html>').fault('chat-1', 'exit'), { message: 'It was answered with 502.' });
});

test('a gateway that is not there is told', async () => {
  globalThis.fetch = async () => { throw new TypeError('fetch failed'); };
  await assert.rejects(new Gateway().switchTo('local'), { message: 'The gateway cannot be reached.' });
});

test('a session that has ended makes the page read-only', async () => {
  const gateway = answering(401, { code: 'unauthorized', message: 'The header X-Admin-Key is missing or wrong.' });
  const permission = new Permission(gateway);
  const told = [];
  permission.addEventListener('change', ({ detail }) => told.push(detail));

  await assert.rejects(permission.using(() => gateway.switchTo('local')), /session has ended/);
  assert.deepEqual(told, [false]);
});
