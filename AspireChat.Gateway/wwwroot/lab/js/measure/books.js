import { Flag, Verdict, verdictOf, withVerdict } from './cell.js';
import { Totals } from './totals.js';

/**
 * Enters what became of one message at one client: in its cell, in the totals and with the observers, so that the three
 * never disagree.
 *
 * @typedef {object} LedgerObserver
 * @property {(record: import('./message-record.js').MessageRecord) => void} [sent]
 * @property {(record: import('./message-record.js').MessageRecord, client: import('./client-record.js').ClientRecord,
 *   milliseconds: number, verdict: number) => void} [delivered]
 * @property {(record: import('./message-record.js').MessageRecord, client: import('./client-record.js').ClientRecord) => void} [missed]
 */
export class Books {
  totals = new Totals();
  #observers;

  /** @param {LedgerObserver[]} observers */
  constructor(observers) {
    this.#observers = observers;
  }

  open(record) {
    this.totals.sent++;
    this.totals.pending += record.pending;
    this.#tell('sent', record);
  }

  deliver(record, client, index, now) {
    const milliseconds = now - record.sentAt;
    const verdict = this.#verdictOnArrival(record, client, index);
    record.latencies[index] = milliseconds;
    this.#set(record, index, verdict);
    this.totals.delivered++;
    client.received++;
    this.#tell('delivered', record, client, milliseconds, verdict);
  }

  miss(record, client, index) {
    this.#set(record, index, Verdict.Missed);
    this.totals.missed++;
    client.missed++;
    this.#tell('missed', record, client);
  }

  excuse(record, index) {
    this.#set(record, index, Verdict.Excused);
  }

  repeat(record, index) {
    this.#flag(record, index, Flag.Repeated);
    this.totals.repeated++;
  }

  reorder(record, index) {
    this.#flag(record, index, Flag.Reordered);
    this.totals.reordered++;
  }

  #verdictOnArrival(record, client, index) {
    const wasMissed = verdictOf(record.cells[index]) === Verdict.Missed;
    if (wasMissed) {
      this.totals.missed--;
      client.missed--;
    }

    if (client.wasAwayAt(record.sentAt)) {
      this.totals.resumed++;
      return Verdict.Resumed;
    }

    if (wasMissed) this.totals.late++;
    return wasMissed ? Verdict.Late : Verdict.Received;
  }

  #set(record, index, verdict) {
    if (verdictOf(record.cells[index]) === Verdict.Pending) {
      record.pending--;
      this.totals.pending--;
    }

    record.cells[index] = withVerdict(record.cells[index], verdict);
    record.version++;
  }

  #flag(record, index, flag) {
    record.cells[index] |= flag;
    record.version++;
  }

  #tell(event, ...details) {
    for (const observer of this.#observers) observer[event]?.(...details);
  }
}
