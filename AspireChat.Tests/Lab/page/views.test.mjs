import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Load } from '../../../AspireChat.Gateway/wwwroot/lab/js/fleet/load.js';
import { MatrixRows } from '../../../AspireChat.Gateway/wwwroot/lab/js/measure/matrix-rows.js';
import { Totals } from '../../../AspireChat.Gateway/wwwroot/lab/js/measure/totals.js';
import { Rows } from '../../../AspireChat.Gateway/wwwroot/lab/js/page/rows.js';
import { traceAddress } from '../../../AspireChat.Gateway/wwwroot/lab/js/page/trace-address.js';
import { verdictOf } from '../../../AspireChat.Gateway/wwwroot/lab/js/page/verdict.js';
import { Journey } from '../../../AspireChat.Gateway/wwwroot/lab/js/picture/journey.js';
import { LedgerUnderTest } from './lab.mjs';

const six = [['fox', 1], ['owl', 2], ['bee', 3], ['elk', 1], ['cat', 2], ['yak', 3]];
const clients = missed => six.map(([name, number]) => ({ name, instance: `chat-${number}`, missed: missed.includes(name) ? 1 : 0 }));
const legTime = 500;
const look = { colour: '--lane-0', legTime };
const totals = counts => Object.assign(new Totals(), counts);

test('the verdict names who missed it, and the instances that they share', () => {
  const said = verdictOf({ totals: totals({ sent: 1, delivered: 2, missed: 4 }), clients: clients(['owl', 'bee', 'cat', 'yak']) });
  assert.equal(said, '4 deliveries are missing of 6. Missed by owl and cat on chat-2; bee and yak on chat-3.');
});

test('the verdict says that nothing is missing, and what came by resume', () => {
  const said = verdictOf({ totals: totals({ sent: 41, delivered: 246, resumed: 12 }), clients: clients([]) });
  assert.equal(said, '41 messages sent, 246 deliveries made: nothing is missing. 12 deliveries came by resume, to clients that had been away.');
});

test('while something is awaited the verdict is open', () => {
  assert.equal(verdictOf({ totals: totals({ sent: 1, delivered: 2, pending: 4 }), clients: clients([]) }), '2 deliveries so far, 4 awaited.');
});

test('the matrix is sent in parts: only rows that changed', () => {
  const lab = new LedgerUnderTest({ fox: 'chat-1', owl: 'chat-2' }).sends('fox', 'a', 1).sends('owl', 'b', 2);
  const cut = new MatrixRows();
  const rows = new Rows();

  rows.merge(cut.cut(lab.ledger, 10));
  assert.deepEqual(rows.all.map(row => row.id), ['b', 'a']);

  lab.receives('owl', 'a', 5, 1);
  const part = cut.cut(lab.ledger, 10);
  assert.deepEqual(part.changed.map(row => row.id), ['a']);
  assert.equal(rows.merge(part), true);
  assert.equal(rows.merge(cut.cut(lab.ledger, 10)), false);
});

test('a client more is a column more, in every row', () => {
  const lab = new LedgerUnderTest({ fox: 'chat-1' }).sends('fox', 'a', 1);
  const cut = new MatrixRows();
  cut.cut(lab.ledger, 10);

  lab.joins('owl', 'chat-2', 2);
  const { columns, changed } = cut.cut(lab.ledger, 10);
  assert.deepEqual(columns, ['fox', 'owl']);
  assert.equal(changed[0].cells.length, 2);
});

test('load keeps its rate, spread evenly', () => {
  const load = new Load();
  load.set(100, 0);
  const sent = new Map();
  for (let now = 20; now <= 10_000; now += 20) {
    for (const sender of load.due(now, ['fox', 'owl', 'bee', 'elk', 'cat', 'yak', 'hen'], 20)) sent.set(sender, (sent.get(sender) ?? 0) + 1);
  }

  const counts = [...sent.values()];
  assert.ok(Math.abs(counts.reduce((a, b) => a + b) - 1000) <= 2);
  assert.ok(Math.max(...counts) - Math.min(...counts) <= 1);
});

test('load never asks more of a client than its connection may send', () => {
  const load = new Load();
  load.set(400, 0);
  let sent = 0;
  for (let now = 20; now <= 10_000; now += 20) sent += load.due(now, ['fox', 'owl'], 20).length;
  assert.ok(sent <= 400, `${sent} in 10 s from two clients`);
});

test('what could not be sent while nobody was there is not made up for in a burst', () => {
  const load = new Load();
  load.set(100, 0);
  assert.equal(load.due(20, [], 20).length, 0);
  assert.ok(load.due(30_000, ['fox', 'owl', 'bee', 'elk', 'cat', 'yak'], 20).length <= 27);
});

test('a message travels up, across and down, one leg after the other', () => {
  const journey = new Journey({ client: 'fox', instance: 'chat-1', mode: 'stream' }, 0, look);
  journey.delivered({ client: 'owl', instance: 'chat-2', verdict: 1, milliseconds: 4 }, 5);

  const at = now => [...journey.moving(now)].map(({ from, to }) => `${from} → ${to}`);
  assert.deepEqual(at(legTime * 0.5), ['client:fox → instance:chat-1']);
  assert.deepEqual(at(legTime * 1.5), ['instance:chat-1 → redis']);
  assert.deepEqual(at(legTime * 2.5), ['redis → instance:chat-2']);
  assert.deepEqual(at(legTime * 3.5), ['instance:chat-2 → client:owl']);
  assert.deepEqual(at(legTime * 4.5), []);
});

test('in mode local it never leaves its instance', () => {
  const journey = new Journey({ client: 'fox', instance: 'chat-1', mode: 'local' }, 0, look);
  journey.delivered({ client: 'elk', instance: 'chat-1', verdict: 1, milliseconds: 4 }, 5);

  const seen = [0.5, 1.5, 2.5].flatMap(leg => [...journey.moving(legTime * leg)].map(({ to }) => to));
  assert.deepEqual(seen, ['instance:chat-1', 'client:elk']);
});

test('a trace is found by the message’s id, where there is a dashboard', () => {
  assert.equal(traceAddress('http://localhost:15080', 'abc'), 'http://localhost:15080/traces?filters=messaging.message.id%3Aequals%3Aabc');
  assert.equal(traceAddress(null, 'abc'), null);
  assert.equal(traceAddress('http://localhost:15080', undefined), null);
});
