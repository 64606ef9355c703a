import { LatencyByPath } from './latency-by-path.js';

/** Observes the ledger: what happened in each second, for the charts. */
export class Rates {
  #now = { sent: 0, delivered: 0, missed: 0 };
  #latency = new LatencyByPath();

  sent() {
    this.#now.sent++;
  }

  delivered(record, client, milliseconds, verdict) {
    this.#now.delivered++;
    this.#latency.delivered(record, client, milliseconds, verdict);
  }

  missed() {
    this.#now.missed++;
  }

  /** Ends the present second and begins the next. @param {number} at Seconds since 1970, for the time axis. */
  next(at) {
    const { same, across } = this.#latency.summary();
    const second = { at, ...this.#now, same, across };
    this.#now = { sent: 0, delivered: 0, missed: 0 };
    this.#latency.clear();
    return second;
  }
}
