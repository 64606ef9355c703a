/**
 * Says of each message that a client receives whether it came after one that follows it.
 *
 * In mode `stream` the offset tells. The other modes have no offsets and promise no order between senders, so there it is
 * each sender's own order that is held against what arrived.
 */
export class OrderCheck {
  #epoch = null;
  #offset = 0;
  /** @type {Map<string, number>} The last number of each sender. */
  #numbers = new Map();

  /**
   * @param {{sender: string, number: number, offset?: number, epoch: string | null}} message
   *   `number` counts the sender's messages; `epoch` is that of the client's position.
   * @returns {boolean} Whether it is out of order.
   */
  isOutOfOrder({ sender, number, offset, epoch }) {
    return offset === undefined ? this.#goesBack(sender, number) : this.#isBehind(epoch, offset);
  }

  /** What came before counts no more: the client was given a new view of the room. */
  forget() {
    this.#epoch = null;
    this.#offset = 0;
    this.#numbers.clear();
  }

  #isBehind(epoch, offset) {
    if (epoch === this.#epoch && offset < this.#offset) return true;

    this.#epoch = epoch;
    this.#offset = offset;
    return false;
  }

  #goesBack(sender, number) {
    if (number < (this.#numbers.get(sender) ?? 0)) return true;

    this.#numbers.set(sender, number);
    return false;
  }
}
