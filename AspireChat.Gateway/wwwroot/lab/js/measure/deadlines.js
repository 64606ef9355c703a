import { Verdict, verdictOf } from './cell.js';

/** A message counts as missed at a client that has not received it so long after its acknowledgement. */
export const patience = 3_000; // Milliseconds.

/**
 * Finds the deliveries that are due. A client that is away cannot receive: for it the time begins when it is back.
 */
export class Deadlines {
  /** @type {import('./message-record.js').MessageRecord[]} In the order of their acknowledgements. */
  #acked = [];
  /** Those that wait for clients that are away or have only just come back. @type {import('./message-record.js').MessageRecord[]} */
  #extended = [];

  /** @param {import('./message-record.js').MessageRecord} record Acknowledged just now. */
  add(record) {
    this.#acked.push(record);
  }

  /**
   * @param {number} now
   * @param {(record: import('./message-record.js').MessageRecord, client: import('./client-record.js').ClientRecord, index: number) => void} onDue
   */
  settle(now, onDue) {
    const firstNotDue = this.#acked.findIndex(record => record.ackedAt + patience > now);
    const due = this.#acked.splice(0, firstNotDue < 0 ? this.#acked.length : firstNotDue);
    this.#extended = this.#extended.concat(due).filter(record => this.#settleRecord(record, now, onDue));
  }

  /** @returns {boolean} Whether it is still open. */
  #settleRecord(record, now, onDue) {
    if (record.pending === 0) return false;

    record.cells.forEach((cell, index) => {
      const client = record.roster.clients[index];
      const hadItsTime = client.present && client.joinedAt + patience <= now;
      if (verdictOf(cell) === Verdict.Pending && hadItsTime) onDue(record, client, index);
    });
    return record.pending > 0;
  }
}
