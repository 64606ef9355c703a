const allowance = 0.9; // Of what a chat server lets one connection send: nobody should be refused for the clock's sake.

/** Spreads a rate of messages over the clients that can send, each within what its connection may. */
export class Load {
  #rate = 0;
  #owed = 0;
  #last = 0;
  #turn = 0;

  /** @param {number} rate Messages a second, over all clients. */
  set(rate, now) {
    this.#rate = rate;
    this.#owed = 0;
    this.#last = now;
  }

  /**
   * @template T
   * @param {number} now
   * @param {T[]} senders Those that can take a message now.
   * @param {number} perSender What each may send a second.
   * @returns {T[]} Who sends one now, some perhaps more than once.
   */
  due(now, senders, perSender) {
    const rate = Math.min(this.#rate, senders.length * perSender * allowance);
    this.#owed += (rate * (now - this.#last)) / 1000;
    this.#last = now;

    // What could not be sent while everything stood still is not made up for in one burst.
    this.#owed = Math.min(this.#owed, Math.max(1, rate / 4));

    const count = Math.floor(this.#owed);
    this.#owed -= count;
    return Array.from({ length: senders.length ? count : 0 }, () => senders[this.#turn++ % senders.length]);
  }
}
