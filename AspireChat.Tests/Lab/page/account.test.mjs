import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientAccount } from '../../../AspireChat.Gateway/wwwroot/lab/js/fleet/client-account.js';
import { Ledger } from '../../../AspireChat.Gateway/wwwroot/lab/js/measure/ledger.js';

function enter(ledger, name, instance, joined = {}) {
  const account = new ClientAccount(name, 'lab', ledger, () => 1);
  account.incoming(JSON.stringify({ type: 'welcome', protocol: 1, instance, connection: 'c', backplane: 'stream', limits: { sendsPerSecond: 20 } }));
  account.incoming(JSON.stringify({ type: 'joined', room: 'lab', position: { epoch: 'e1', offset: 0 }, recovered: false, messages: [], ...joined }));
  return account;
}

const message = (id, offset) => JSON.stringify({ type: 'message', room: 'lab', offset, id, name: 'fox', text: 'hello', at: '2030-01-01T00:00:00Z', instance: 'chat-1' });
const send = id => JSON.stringify({ type: 'send', room: 'lab', id, text: 'hello' });

test('what the sockets carry is entered as it is on the wire', () => {
  const ledger = new Ledger();
  const fox = enter(ledger, 'fox', 'chat-1');
  const owl = enter(ledger, 'owl', 'chat-2');

  fox.outgoing(send('a'));
  fox.incoming(JSON.stringify({ type: 'ack', room: 'lab', id: 'a', offset: 1, epoch: 'e1' }));
  fox.incoming(message('a', 1));
  owl.incoming(message('a', 1));
  owl.incoming(message('a', 1));

  const { sent, acknowledged, delivered, repeated } = ledger.totals;
  assert.deepEqual({ sent, acknowledged, delivered, repeated }, { sent: 1, acknowledged: 1, delivered: 2, repeated: 1 });
});

test('a retry with the same id is the same message', () => {
  const ledger = new Ledger();
  const fox = enter(ledger, 'fox', 'chat-1');
  fox.outgoing(send('a'));
  fox.outgoing(send('a'));

  assert.equal(ledger.totals.sent, 1);
});

test('what a resume brings is delivered by resume, and a repeat in it is a repeat', () => {
  const ledger = new Ledger();
  let now = 0;
  const fox = enter(ledger, 'fox', 'chat-1');
  const owl = enter(ledger, 'owl', 'chat-2');
  fox.outgoing(send('a'));
  owl.incoming(message('a', 1));
  ledger.left('owl');
  fox.outgoing(send('b'));

  const clock = () => ++now + 100;
  const back = new ClientAccount('owl', 'lab', ledger, clock);
  back.incoming(JSON.stringify({ type: 'welcome', instance: 'chat-3', backplane: 'stream', limits: { sendsPerSecond: 20 } }));
  back.incoming(JSON.stringify({
    type: 'joined', room: 'lab', position: { epoch: 'e1', offset: 2 }, recovered: true, messages: [JSON.parse(message('a', 1)), JSON.parse(message('b', 2))],
  }));

  assert.deepEqual([ledger.totals.resumed, ledger.totals.repeated], [1, 1]);
});

test('frames of other rooms are not the lab’s', () => {
  const ledger = new Ledger();
  const fox = enter(ledger, 'fox', 'chat-1');
  fox.outgoing(send('a'));
  fox.incoming(JSON.stringify({ type: 'message', room: 'lobby', id: 'a' }));

  assert.equal(ledger.totals.delivered, 0);
});

test('a server without a limit lets a client send as it likes', () => {
  const account = new ClientAccount('fox', 'lab', new Ledger(), () => 1);
  account.incoming(JSON.stringify({ type: 'welcome', instance: 'chat-1', backplane: 'local', limits: { sendsPerSecond: 0 } }));
  assert.equal(account.sendsPerSecond, Infinity);
});
