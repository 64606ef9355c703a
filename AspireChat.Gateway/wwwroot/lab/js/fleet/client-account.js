/**
 * Enters in the ledger what one client's sockets carry, with a reading of the protocol of its own: an account that relied
 * on the client would repeat the client's errors.
 */
export class ClientAccount {
  instance = null;
  mode = null;
  sendsPerSecond = 20;

  #name;
  #room;
  #ledger;
  #clock;
  #number = 0;

  /**
   * @param {string} name
   * @param {string} room
   * @param {import('../measure/ledger.js').Ledger} ledger
   * @param {() => number} clock
   */
  constructor(name, room, ledger, clock) {
    this.#name = name;
    this.#room = room;
    this.#ledger = ledger;
    this.#clock = clock;
  }

  outgoing(text) {
    const frame = JSON.parse(text);
    if (frame.type !== 'send' || this.#ledger.find(frame.id)) return; // The second of one id is a retry.

    this.#ledger.sent({ id: frame.id, sender: this.#name, number: ++this.#number, mode: this.mode, now: this.#clock() });
  }

  incoming(text) {
    const frame = JSON.parse(text);
    if (frame.room !== undefined && frame.room !== this.#room) return;

    const now = this.#clock();
    switch (frame.type) {
      case 'message': return this.#ledger.received(this.#name, frame, now);
      case 'ack': return this.#ledger.acked({ id: frame.id, offset: frame.offset, now });
      case 'welcome': return this.#welcome(frame);
      case 'joined': return this.#joined(frame, now);
      case 'resync': return this.#ledger.shown(this.#name, frame.messages, frame.position.epoch, now);
      case 'backplane': this.mode = frame.mode;
    }
  }

  #welcome({ instance, backplane, limits }) {
    this.instance = instance;
    this.mode = backplane;
    this.sendsPerSecond = limits.sendsPerSecond || Infinity; // 0 is no limit.
  }

  #joined({ position, recovered, messages }, now) {
    const epoch = position?.epoch ?? null;
    this.#ledger.joined(this.#name, this.instance, epoch, now);
    if (recovered) {
      for (const message of messages) this.#ledger.received(this.#name, message, now);
    } else {
      this.#ledger.shown(this.#name, messages, epoch, now);
    }
  }
}
