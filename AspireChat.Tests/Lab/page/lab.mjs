import { Ledger } from '../../../AspireChat.Gateway/wwwroot/lab/js/measure/ledger.js';
import { readCell } from '../../../AspireChat.Gateway/wwwroot/lab/js/page/cell-text.js';

/** A ledger with clients in the room since time 0, and a short way to tell it what happens. Times are milliseconds. */
export class LedgerUnderTest {
  #numbers = new Map();

  /** @param {Record<string, string>} clients The instance of each. */
  constructor(clients, observers = []) {
    this.ledger = new Ledger(observers);
    for (const [name, instance] of Object.entries(clients)) this.ledger.joined(name, instance, 'e1', 0);
  }

  get totals() {
    return this.ledger.totals;
  }

  sends(sender, id, now, mode = 'stream') {
    const number = (this.#numbers.get(sender) ?? 0) + 1;
    this.#numbers.set(sender, number);
    this.ledger.sent({ id, sender, number, mode, now });
    return this;
  }

  acks(id, now, offset) {
    this.ledger.acked({ id, offset, now });
    return this;
  }

  receives(client, id, now, offset) {
    this.ledger.received(client, { id, offset }, now);
    return this;
  }

  leaves(client) {
    this.ledger.left(client);
    return this;
  }

  joins(client, instance, now, epoch = 'e1') {
    this.ledger.joined(client, instance, epoch, now);
    return this;
  }

  settles(now) {
    this.ledger.settle(now);
    return this;
  }

  /** How the matrix reads for a message: the kind of each client's cell. */
  row(id) {
    const record = this.ledger.find(id);
    return Object.fromEntries(record.roster.clients.map(({ name }, index) => [name, readCell(record.cells[index], record.latencies[index]).kind]));
  }
}
