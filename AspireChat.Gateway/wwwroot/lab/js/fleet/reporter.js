/** Cuts from everything what the page shows, small enough to be sent to it many times a second. */
export class Reporter {
  #parts;
  #seconds = [];

  /**
   * @param {{
   *   fleet: import('./fleet.js').Fleet,
   *   ledger: import('../measure/ledger.js').Ledger,
   *   latency: import('../measure/latency-by-path.js').LatencyByPath,
   *   rates: import('../measure/rates.js').Rates,
   *   rows: import('../measure/matrix-rows.js').MatrixRows,
   *   travels: import('../measure/travel-sampler.js').TravelSampler,
   * }} parts
   */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {number} at Seconds since 1970. */
  second(at) {
    this.#seconds.push(this.#parts.rates.next(at));
  }

  /** @param {number} now */
  report(now) {
    const { fleet, ledger, latency, rows, travels } = this.#parts;
    const counts = new Map(ledger.clients.map(({ name, received, missed }) => [name, { received, missed }]));
    return {
      mode: fleet.mode,
      totals: { ...ledger.totals },
      latency: latency.summary(),
      clients: fleet.clients.map(({ name, instance, state }) => ({ name, instance, state, ...counts.get(name) })),
      rows: rows.cut(ledger.clients),
      top: ledger.top,
      travels: travels.take(now),
      seconds: this.#seconds.splice(0),
    };
  }
}
