const growth = 1.05; // Neighbouring buckets are 5% apart: so exact is every percentile.
const smallest = 0.05; // Milliseconds.
const largest = 120_000;
const logGrowth = Math.log(growth);
const bucketCount = Math.ceil(Math.log(largest / smallest) / logGrowth) + 1;

/** Counts latencies in buckets of growing width, so that a percentile costs the same after ten and after ten million. */
export class LatencyHistogram {
  #buckets = new Uint32Array(bucketCount);
  #count = 0;

  get count() {
    return this.#count;
  }

  /** @param {number} milliseconds */
  add(milliseconds) {
    const bucket = milliseconds <= smallest ? 0 : Math.ceil(Math.log(milliseconds / smallest) / logGrowth);
    this.#buckets[Math.min(bucket, bucketCount - 1)]++;
    this.#count++;
  }

  /**
   * @param {number} percent Between 0 and 100.
   * @returns {number | null} Milliseconds at or below which so many percent lie, to 5%; null when there are none.
   */
  percentile(percent) {
    if (this.#count === 0) return null;

    let left = Math.max(1, Math.ceil((percent / 100) * this.#count));
    let bucket = 0;
    while ((left -= this.#buckets[bucket]) > 0) bucket++;
    return smallest * growth ** bucket;
  }

  clear() {
    this.#buckets.fill(0);
    this.#count = 0;
  }
}
