import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LedgerUnderTest } from './lab.mjs';

const three = { fox: 'chat-1', owl: 'chat-2', bee: 'chat-3' };

test('a message that everybody receives leaves nothing open', () => {
  const lab = new LedgerUnderTest(three).sends('fox', 'a', 10).acks('a', 12, 1);
  for (const client of Object.keys(three)) lab.receives(client, 'a', 14, 1);
  lab.settles(100_000);

  const { sent, acknowledged, delivered, pending, missed } = lab.totals;
  assert.deepEqual({ sent, acknowledged, delivered, pending, missed }, { sent: 1, acknowledged: 1, delivered: 3, pending: 0, missed: 0 });
});

test('what is not received 3 s after the acknowledgement is missed, and not a moment earlier', () => {
  const lab = new LedgerUnderTest(three).sends('fox', 'a', 10).acks('a', 500).receives('fox', 'a', 501);

  lab.settles(3_499);
  assert.deepEqual(lab.row('a'), { fox: 'received', owl: 'pending', bee: 'pending' });

  lab.settles(3_500);
  assert.deepEqual(lab.row('a'), { fox: 'received', owl: 'missed', bee: 'missed' });
  assert.equal(lab.totals.missed, 2);
  assert.equal(lab.totals.pending, 0);
  assert.deepEqual(lab.ledger.clients.map(client => [client.name, client.missed]), [['fox', 0], ['owl', 1], ['bee', 1]]);
});

test('what nobody has acknowledged is awaited, however long that takes', () => {
  const lab = new LedgerUnderTest(three).sends('fox', 'a', 10).settles(60_000);
  assert.equal(lab.totals.missed, 0);
  assert.equal(lab.totals.pending, 3);

  lab.acks('a', 60_001).settles(63_001);
  assert.equal(lab.totals.missed, 3);
});

test('what comes after all is late and no longer missed', () => {
  const lab = new LedgerUnderTest(three).sends('fox', 'a', 10).acks('a', 20).settles(4_000).receives('owl', 'a', 4_100);

  assert.deepEqual(lab.row('a'), { fox: 'missed', owl: 'late', bee: 'missed' });
  const { delivered, missed, late } = lab.totals;
  assert.deepEqual({ delivered, missed, late }, { delivered: 1, missed: 2, late: 1 });
});

test('a client that was away gets its 3 s when it is back, and what comes then came by resume', () => {
  const lab = new LedgerUnderTest(three).leaves('owl').sends('fox', 'a', 10).sends('fox', 'b', 11).acks('a', 20, 1).acks('b', 21, 2);
  lab.settles(20_000);
  assert.equal(lab.row('a').owl, 'pending');

  lab.joins('owl', 'chat-1', 20_500).receives('owl', 'a', 20_501, 1).settles(23_499);
  assert.deepEqual([lab.row('a').owl, lab.row('b').owl], ['resumed', 'pending']);

  lab.settles(23_500);
  assert.equal(lab.row('b').owl, 'missed');
  assert.equal(lab.totals.resumed, 1);
});

test('a receipt too many is a repeat, and counts as no second delivery', () => {
  const lab = new LedgerUnderTest(three).sends('fox', 'a', 10).receives('owl', 'a', 12, 1).receives('owl', 'a', 13, 1);

  assert.equal(lab.totals.delivered, 1);
  assert.equal(lab.totals.repeated, 1);
  assert.equal(lab.row('a').owl, 'repeated');
});

test('in a stream the offsets tell the order', () => {
  const lab = new LedgerUnderTest(three).sends('fox', 'a', 10).sends('bee', 'b', 11);
  lab.receives('owl', 'b', 12, 2).receives('owl', 'a', 13, 1).receives('fox', 'a', 12, 1).receives('fox', 'b', 13, 2);

  assert.equal(lab.totals.reordered, 1);
  assert.deepEqual([lab.row('a').owl, lab.row('a').fox], ['reordered', 'received']);
});

test('without offsets each sender has an order of its own', () => {
  const lab = new LedgerUnderTest(three).sends('fox', 'a', 10, 'pubsub').sends('bee', 'b', 11, 'pubsub').sends('fox', 'c', 12, 'pubsub');
  lab.receives('owl', 'c', 13).receives('owl', 'b', 14).receives('owl', 'a', 15);

  assert.equal(lab.totals.reordered, 1, 'a after c, both from the fox; b is another sender’s');
});

test('a room that is shown anew delivers what it holds, and repeats nothing', () => {
  const lab = new LedgerUnderTest(three).sends('fox', 'a', 10).sends('fox', 'b', 11).acks('a', 12, 1).acks('b', 13, 2).receives('owl', 'a', 14, 1);
  lab.ledger.shown('owl', [{ id: 'a', offset: 1 }, { id: 'b', offset: 2 }, { id: 'a stranger’s', offset: 3 }], 'e2', 20);

  assert.deepEqual([lab.totals.delivered, lab.totals.repeated], [2, 0]);
  assert.equal(lab.row('b').owl, 'received');
});

test('offsets of a new epoch follow those of the old one', () => {
  const lab = new LedgerUnderTest(three).sends('fox', 'a', 10).sends('fox', 'b', 11).receives('owl', 'a', 12, 700);
  lab.ledger.shown('owl', [], 'e2', 13);
  lab.receives('owl', 'b', 14, 1);

  assert.equal(lab.totals.reordered, 0);
});

test('a message is owed to those who were in the room when it was sent', () => {
  const lab = new LedgerUnderTest(three).sends('fox', 'a', 10).acks('a', 11).joins('elk', 'chat-1', 12).receives('elk', 'a', 13).sends('fox', 'b', 14).acks('b', 15).settles(10_000);

  assert.equal(lab.row('a').elk, undefined);
  assert.equal(lab.row('b').elk, 'missed');
  assert.equal(lab.totals.delivered, 0);
});

test('to a client that was taken away nothing is owed', () => {
  const lab = new LedgerUnderTest(three).sends('fox', 'a', 10).acks('a', 11);
  lab.ledger.removed('owl');
  lab.settles(10_000);

  assert.deepEqual(lab.row('a'), { fox: 'missed', owl: 'excused', bee: 'missed' });
  assert.deepEqual([lab.totals.missed, lab.totals.pending], [2, 0]);
});

test('a message that was refused is owed to nobody', () => {
  const lab = new LedgerUnderTest(three).sends('fox', 'a', 10);
  lab.ledger.failed({ id: 'a', reason: 'bad_text' });
  lab.settles(60_000);

  assert.deepEqual(lab.row('a'), { fox: 'excused', owl: 'excused', bee: 'excused' });
  const { sent, failed, pending, missed } = lab.totals;
  assert.deepEqual({ sent, failed, pending, missed }, { sent: 1, failed: 1, pending: 0, missed: 0 });
});

test('every delivery that is owed is in exactly one count', () => {
  const lab = new LedgerUnderTest(three);
  let owed = 0;
  for (let round = 0; round < 200; round++) {
    const id = `m${round}`;
    const now = round * 100;
    if (round % 37 === 5) lab.leaves('owl');
    if (round % 37 === 12) lab.joins('owl', 'chat-1', now);
    lab.sends('fox', id, now).acks(id, now + 1, round + 1);
    owed += 3;
    for (const client of Object.keys(three)) if ((round * 7 + client.length * client.charCodeAt(0)) % 5 !== 0) lab.receives(client, id, now + 2, round + 1);
    if (round % 3 === 0) lab.receives('bee', `m${Math.max(0, round - 50)}`, now + 3, round - 49);
    lab.settles(now + 50);

    const { delivered, missed, pending } = lab.totals;
    assert.equal(delivered + missed + pending, owed);
  }
});

test('counting anew forgets the messages and keeps the clients', () => {
  const lab = new LedgerUnderTest(three).sends('fox', 'a', 10).acks('a', 11).settles(10_000);
  lab.ledger.clear();
  lab.receives('owl', 'a', 10_001).sends('fox', 'b', 10_002);

  const { sent, delivered, missed, pending } = lab.totals;
  assert.deepEqual({ sent, delivered, missed, pending }, { sent: 1, delivered: 0, missed: 0, pending: 3 });
});
