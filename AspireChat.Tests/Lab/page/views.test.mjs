import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Load } from '../../../AspireChat.Gateway/wwwroot/lab/js/fleet/load.js';
import { Verdict } from '../../../AspireChat.Gateway/wwwroot/lab/js/measure/cell.js';
import { MatrixRows } from '../../../AspireChat.Gateway/wwwroot/lab/js/measure/matrix-rows.js';
import { Totals } from '../../../AspireChat.Gateway/wwwroot/lab/js/measure/totals.js';
import { dashboardAddress } from '../../../AspireChat.Gateway/wwwroot/lab/js/page/dashboard-address.js';
import { Rows } from '../../../AspireChat.Gateway/wwwroot/lab/js/page/rows.js';
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
  const cut = new MatrixRows();
  const lab = new LedgerUnderTest({ fox: 'chat-1', owl: 'chat-2' }, [cut]).sends('fox', 'a', 1).sends('owl', 'b', 2);
  const rows = new Rows();

  rows.merge(cut.cut(lab.ledger.clients));
  assert.deepEqual(rows.all.map(row => row.id), ['b', 'a']);

  lab.receives('owl', 'a', 5, 1);
  const part = cut.cut(lab.ledger.clients);
  assert.deepEqual(part.changed.map(row => row.id), ['a']);
  assert.equal(rows.merge(part), true);
  assert.equal(rows.merge(cut.cut(lab.ledger.clients)), false);
});

test('a client more is a column more, in every row', () => {
  const cut = new MatrixRows();
  const lab = new LedgerUnderTest({ fox: 'chat-1' }, [cut]).sends('fox', 'a', 1);
  cut.cut(lab.ledger.clients);

  lab.joins('owl', 'chat-2', 2);
  const { columns, changed } = cut.cut(lab.ledger.clients);
  assert.deepEqual(columns.map(({ name }) => name), ['fox', 'owl']);
  assert.equal(changed[0].cells.length, 2);
});

test('the clients of an instance stand together, each cell below its own client', () => {
  const cut = new MatrixRows();
  const lab = new LedgerUnderTest({ fox: 'chat-10', owl: 'chat-2', elk: 'chat-10' }, [cut]).sends('fox', 'a', 1).receives('owl', 'a', 5, 1);

  const { columns, changed } = cut.cut(lab.ledger.clients);
  assert.deepEqual(columns.map(({ name }) => name), ['owl', 'fox', 'elk']);
  assert.deepEqual(changed[0].cells, [Verdict.Received, Verdict.Pending, Verdict.Pending]);
});

test('under load the matrix shows a sample that one can follow, and all messages when they are few', () => {
  const cut = new MatrixRows();
  const lab = new LedgerUnderTest({ fox: 'chat-1' }, [cut]);
  for (let number = 1; number <= 6; number++) lab.sends('fox', `few ${number}`, 1000 + number);
  assert.equal(cut.cut(lab.ledger.clients).ids.length, 6);

  cut.clear();
  for (let number = 0; number < 300; number++) lab.sends('fox', `many ${number}`, 2000 + number * 10);
  const rows = cut.cut(lab.ledger.clients).ids.length;
  assert.ok(rows >= 18 && rows <= 22, `3 seconds of load made ${rows} rows.`);
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

test('the trace of a message is looked for by its room, and by its place where it has one', () => {
  assert.equal(dashboardAddress({ room: 'lab-1', offset: 7 }), '/admin/dashboard/traces?room=lab-1&offset=7');
  assert.equal(dashboardAddress({ room: 'lab-1' }), '/admin/dashboard/traces?room=lab-1');
  assert.equal(dashboardAddress(), '/admin/dashboard');
});
