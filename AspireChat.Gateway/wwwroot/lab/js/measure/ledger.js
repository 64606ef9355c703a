import { Books } from './books.js';
import { Verdict, isDelivered, verdictOf } from './cell.js';
import { ClientRecord } from './client-record.js';
import { Deadlines } from './deadlines.js';
import { MessageRecord } from './message-record.js';
import { Records } from './records.js';
import { Roster } from './roster.js';

/**
 * Keeps account of every message that the page sends and of every receipt at every one of its clients, and so knows what
 * is missing. It is told what the clients' sockets carry, before any client removes repeats, and does not ask for the time.
 */
export class Ledger {
  /** @type {Map<string, ClientRecord>} */
  #clients = new Map();
  #roster = new Roster([]);
  #records = new Records();
  #deadlines = new Deadlines();
  #observers;
  #books;

  /** The highest place that a message was given, in the stream that the clients are in now. */
  top = 0;

  /** @param {import('./books.js').LedgerObserver[]} observers */
  constructor(observers = []) {
    this.#observers = observers;
    this.#books = new Books(observers);
  }

  get totals() {
    return this.#books.totals;
  }

  get clients() {
    return [...this.#clients.values()];
  }

  /** @param {string} id */
  find(id) {
    return this.#records.find(id);
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
  }

  /** The client lost its connection; what is owed to it stays owed. */
  left(name) {
    const client = this.#clients.get(name);
    if (client) client.present = false;
  }

  /** The client was taken away on purpose; nothing is owed to it any more. */
  removed(name) {
    if (!this.#clients.delete(name)) return;

    this.#roster = new Roster(this.clients);
    for (const record of this.#records) {
      const index = record.roster.indexOf(name);
      if (index !== undefined) this.#excuse(record, index);
    }
  }

  /** @param {{ id: string, sender: string, number: number, mode: string | null, now: number }} message */
  sent({ id, sender, number, mode, now }) {
    const instance = this.#clients.get(sender)?.instance ?? null;
    const record = new MessageRecord(id, sender, number, instance, mode, now, this.#roster);
    this.#records.add(record);
    this.#books.open(record);
  }

  /** Only now does the time run within which it must arrive: before, nobody promised anything. */
  acked({ id, offset, now }) {
    const record = this.#records.find(id);
    if (!record || record.ackedAt !== null) return;

    this.top = Math.max(this.top, offset ?? 0);
    record.ackedAt = now;
    record.offset = offset;
    record.version++;
    this.totals.acknowledged++;
    if (record.pending > 0) this.#deadlines.add(record);
  }

  /** It was refused or given up: whoever has it all the same has it, and nobody is owed it. */
  failed({ id, reason }) {
    const record = this.#records.find(id);
    if (!record || record.ackedAt !== null || record.failure !== null) return;

    record.failure = reason;
    this.totals.failed++;
    record.cells.forEach((_, index) => this.#excuse(record, index));
  }

  /**
   * A client's socket carried a message of the room.
   * @param {string} name The client.
   * @param {{ id: string, offset?: number, instance?: string }} message As it was on the wire.
   * @param {number} now
   */
  received(name, message, now) {
    const owed = this.#owed(name, message.id);
    if (!owed) return;

    const { record, client, index } = owed;
    if (isDelivered(record.cells[index])) {
      this.#books.repeat(record, index);
      return;
    }

    const { sender, number } = record;
    if (client.order.isOutOfOrder({ sender, number, offset: message.offset, epoch: client.epoch })) this.#books.reorder(record, index);
    record.instance = message.instance ?? record.instance;
    this.#books.deliver(record, client, index, now);
  }

  /**
   * A client was shown the room anew (recent history instead of a resume, or a resync): what it holds and the client has
   * not yet received is delivered by that; what it has already is no repeat.
   */
  shown(name, messages, epoch, now) {
    const client = this.#clients.get(name);
    if (!client) return;

    if (client.epoch !== epoch) this.top = 0;
    client.epoch = epoch;
    client.order.forget();
    for (const { id } of messages) {
      const owed = this.#owed(name, id);
      if (owed && !isDelivered(owed.record.cells[owed.index])) this.#books.deliver(owed.record, client, owed.index, now);
    }
  }

  /** Counts as missed what is due by now. To be called a few times a second. */
  settle(now) {
    this.#deadlines.settle(now, (record, client, index) => this.#books.miss(record, client, index));
  }

  /** Begins a new account; the clients stay. */
  clear() {
    this.#books = new Books(this.#observers);
    this.#records = new Records();
    this.#deadlines = new Deadlines();
    for (const client of this.#clients.values()) client.received = client.missed = 0;
  }

  #owed(name, id) {
    const record = this.#records.find(id);
    const index = record?.roster.indexOf(name);
    const client = this.#clients.get(name);
    return index === undefined || !client ? null : { record, client, index };
  }

  #excuse(record, index) {
    if (verdictOf(record.cells[index]) === Verdict.Pending) this.#books.excuse(record, index);
  }
}
