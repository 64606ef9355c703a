/**
 * Full jitter: a random time between nothing and a limit that doubles with each try. Clients that were cut off together
 * come back spread out, and a server that is down is not hammered.
 */
export class Backoff {
  #baseMs;
  #capMs;
  #random;
  #tries = 0;

  constructor({ baseMs = 250, capMs = 30_000, random = Math.random } = {}) {
    this.#baseMs = baseMs;
    this.#capMs = capMs;
    this.#random = random;
  }

  /** How many times in a row it was asked for. */
  get tries() {
    return this.#tries;
  }

  next() {
    const limit = Math.min(this.#capMs, this.#baseMs * 2 ** this.#tries);
    this.#tries++;
    return this.#random() * limit;
  }

  reset() {
    this.#tries = 0;
  }
}
