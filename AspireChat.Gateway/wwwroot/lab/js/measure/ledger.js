import { Flag, Verdict, isDelivered, verdictOf, withVerdict } from './cell.js';
import { ClientRecord } from './client-record.js';
import { Deadlines } from './deadlines.js';
import { MessageRecord } from './message-record.js';
import { Roster } from './roster.js';
import { Totals } from './totals.js';

const recordsKept = 20_000; // A repeat of an older message would go unseen.
const newestKept = 100;

/**
 * Keeps account of every message that the page sends and of every receipt at every one of its clients, and so knows what
 * is missing. It is told what the clients' sockets carry, before any client removes repeats, and does not ask for the time.
 *
 * @typedef {object} LedgerObserver
 * @property {(record: MessageRecord) => void} [sent]
 * @property {(record: MessageRecord) => void} [acked]
 * @property {(record: MessageRecord, client: ClientRecord, milliseconds: number, verdict: number) => void} [delivered]
 * @property {(record: MessageRecord, client: ClientRecord) => void} [missed]
 */
export class Ledger {
  totals = new Totals();

  /** @type {Map<string, ClientRecord>} */
  #clients = new Map();
  #roster = new Roster([]);
  /** @type {Map<string, MessageRecord>} Oldest first. */
  #records = new Map();
  /** @type {MessageRecord[]} The end of the records, to be had without walking over all of them. */
  #newest = [];
  #deadlines = new Deadlines();
  #observers;

  /** @param {LedgerObserver[]} observers */
  constructor(observers = []) {
    this.#observers = observers;
  }

  get clients() {
    return [...this.#clients.values()];
  }

  /** @param {string} id */
  find(id) {
    return this.#records.get(id);
  }

  /** @param {number} count At most 100. @returns {MessageRecord[]} Newest first. */
  newest(count) {
    return this.#newest.slice(-count).reverse();
  }

  /** The client is in the room, for the first time or again. Messages are owed to it from its first time on. */
  joined(name, instance, epoch, now) {
    let client = this.#clients.get(name);
    if (!client) {
      client = new ClientRecord(name);
      this.#clients.set(name, client);
      this.#roster = new Roster(this.clients);
    }

    client.instance = instance;
    client.epoch = epoch;
    client.present = true;
    client.joinedAt = now;
    client.joins++;
    return client;
  }

  /** The client lost its connection; what is owed to it stays owed. */
  left(name) {
    const client = this.#clients.get(name);
    if (client) client.present = false;
  }

  /** The client was taken away on purpose; nothing is owed to it any more. */
  removed(name) {
    const client = this.#clients.get(name);
    if (!client) return;

    client.removed = true;
    client.present = false;
    this.#clients.delete(name);
    this.#roster = new Roster(this.clients);
    for (const record of this.#records.values()) {
      const index = record.roster.indexOf(name);
      if (index !== undefined && verdictOf(record.cells[index]) === Verdict.Pending) this.#excuse(record, index);
    }
  }

  sent({ id, sender, number, mode, now }) {
    const instance = this.#clients.get(sender)?.instance ?? null;
    const record = new MessageRecord(id, sender, number, instance, mode, now, this.#roster);
    this.#keep(record);
    this.totals.sent++;
    this.totals.pending += record.pending;
    this.#tell('sent', record);
    return record;
  }

  /** Only now does the time run within which it must arrive: before, nobody promised anything. */
  acked({ id, offset, now }) {
    const record = this.#records.get(id);
    if (!record || record.ackedAt !== null) return;

    record.ackedAt = now;
    record.offset = offset;
    record.version++;
    this.totals.acknowledged++;
    if (record.pending > 0) this.#deadlines.add(record);
    this.#tell('acked', record);
  }

  /** It was refused or given up: whoever has it all the same has it, and nobody is owed it. */
  failed({ id, reason }) {
    const record = this.#records.get(id);
    if (!record || record.ackedAt !== null || record.failure !== null) return;

    record.failure = reason;
    this.totals.failed++;
    record.cells.forEach((cell, index) => {
      if (verdictOf(cell) === Verdict.Pending) this.#excuse(record, index);
    });
  }

  /**
   * A client's socket carried a message of the room.
   * @param {string} name The client.
   * @param {{id: string, offset?: number, instance?: string}} message As it was on the wire.
   * @param {number} now
   */
  received(name, message, now) {
    const owed = this.#owed(name, message.id);
    if (!owed) return;

    const { record, client, index } = owed;
    if (isDelivered(record.cells[index])) {
      record.cells[index] |= Flag.Repeated;
      record.version++;
      this.totals.repeated++;
      return;
    }

    const { sender, number } = record;
    if (client.order.isOutOfOrder({ sender, number, offset: message.offset, epoch: client.epoch })) {
      record.cells[index] |= Flag.Reordered;
      this.totals.reordered++;
    }

    this.#deliver(owed, message, now);
  }

  /**
   * A client was shown the room anew (recent history instead of a resume, or a resync): what it holds and the client has
   * not yet received is delivered by that; what it has already is no repeat.
   */
  shown(name, messages, epoch, now) {
    const client = this.#clients.get(name);
    if (!client) return;

    client.epoch = epoch;
    client.order.forget();
    for (const message of messages) {
      const owed = this.#owed(name, message.id);
      if (owed && !isDelivered(owed.record.cells[owed.index])) this.#deliver(owed, message, now);
    }
  }

  /** Counts as missed what is due by now. To be called a few times a second. */
  settle(now) {
    this.#deadlines.settle(now, (record, index) => {
      const client = record.roster.clients[index];
      record.cells[index] = withVerdict(record.cells[index], Verdict.Missed);
      record.pending--;
      record.version++;
      this.totals.pending--;
      this.totals.missed++;
      client.missed++;
      this.#tell('missed', record, client);
    });
  }

  /** Begins a new account; the clients stay. */
  clear() {
    this.totals = new Totals();
    this.#records.clear();
    this.#newest = [];
    this.#deadlines = new Deadlines();
    for (const client of this.#clients.values()) client.received = client.missed = 0;
  }

  #keep(record) {
    this.#records.set(record.id, record);
    if (this.#records.size > recordsKept) this.#records.delete(this.#records.keys().next().value);
    if (this.#newest.push(record) > 2 * newestKept) this.#newest.splice(0, newestKept);
  }

  #owed(name, id) {
    const record = this.#records.get(id);
    const index = record?.roster.indexOf(name);
    const client = this.#clients.get(name);
    return index === undefined || !client ? null : { record, client, index };
  }

  #deliver({ record, client, index }, message, now) {
    const milliseconds = now - record.sentAt;
    const verdict = this.#verdict(record, client, index);
    record.cells[index] = withVerdict(record.cells[index], verdict);
    record.latencies[index] = milliseconds;
    record.instance = message.instance ?? record.instance;
    record.version++;
    this.totals.delivered++;
    client.received++;
    this.#tell('delivered', record, client, milliseconds, verdict);
  }

  #verdict(record, client, index) {
    const wasMissed = verdictOf(record.cells[index]) === Verdict.Missed;
    if (wasMissed) {
      this.totals.missed--;
      client.missed--;
    } else if (verdictOf(record.cells[index]) === Verdict.Pending) {
      this.totals.pending--;
      record.pending--;
    }

    if (client.wasAwayAt(record.sentAt)) {
      this.totals.resumed++;
      return Verdict.Resumed;
    }

    if (wasMissed) this.totals.late++;
    return wasMissed ? Verdict.Late : Verdict.Received;
  }

  #excuse(record, index) {
    record.cells[index] = withVerdict(record.cells[index], Verdict.Excused);
    record.pending--;
    record.version++;
    this.totals.pending--;
  }

  #tell(event, ...details) {
    for (const observer of this.#observers) observer[event]?.(...details);
  }
}
