import { Verdict } from './cell.js';
import { LatencyHistogram } from './latency-histogram.js';

/**
 * Observes the ledger: how long deliveries took, apart for those within one instance and those that crossed over. What
 * came by resume or late is left out, since it would measure how long the client was away.
 */
export class LatencyByPath {
  same = new LatencyHistogram();
  across = new LatencyHistogram();

  delivered(record, client, milliseconds, verdict) {
    if (verdict !== Verdict.Received) return;

    const histogram = record.instance === client.instance ? this.same : this.across;
    histogram.add(milliseconds);
  }

  /** Milliseconds by path; null where there are none. */
  summary() {
    const of = histogram => ({ p50: histogram.percentile(50), p99: histogram.percentile(99) });
    return { same: of(this.same), across: of(this.across) };
  }

  clear() {
    this.same.clear();
    this.across.clear();
  }
}
