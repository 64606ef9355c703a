import { Backoff } from './backoff.js';

const pauseMs = 10_000;

/** How long to wait before the next link: by chance, growing while links fail, unless the server says. */
export class Waits {
  #backoff;
  #stableMs;
  #openSince = null;
  #moveAt = null;
  #patient = false;

  /** @param {number} stableMs A link that held so long starts the waits anew; one that breaks at once does not. */
  constructor(stableMs, random) {
    this.#stableMs = stableMs;
    this.#backoff = new Backoff({ random });
  }

  /** How many waits there were in a row. */
  get tries() {
    return this.#backoff.tries;
  }

  opened() {
    this.#openSince = Date.now();
  }

  /** The server asked to come back after so long. */
  asked(afterMs) {
    this.#moveAt = Date.now() + afterMs;
  }

  /** The wait after a link that ended; `then` is what its close asks for. */
  after(then) {
    if (this.#openSince !== null && Date.now() - this.#openSince >= this.#stableMs) this.#backoff.reset();
    this.#openSince = null;

    const moveAt = this.#moveAt;
    this.#moveAt = null;
    this.#patient = moveAt !== null || then === 'pause';
    if (moveAt !== null) return Math.max(0, moveAt - Date.now());
    return this.#backoff.next() + (then === 'pause' ? pauseMs : 0);
  }

  /** The wait now that trying is worth it again. Undefined for who was asked to wait: looking at a page hurries nothing. */
  hurried() {
    if (this.#patient) return undefined;

    this.#backoff.reset();
    return this.#backoff.next();
  }
}
