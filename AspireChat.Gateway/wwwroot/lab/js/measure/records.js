const most = 20_000; // A repeat of an older message goes unseen.

/** The messages that the ledger still knows. */
export class Records {
  /** @type {Map<string, import('./message-record.js').MessageRecord>} Oldest first. */
  #byId = new Map();

  [Symbol.iterator]() {
    return this.#byId.values();
  }

  /** @param {string} id */
  find(id) {
    return this.#byId.get(id);
  }

  /** @param {import('./message-record.js').MessageRecord} record */
  add(record) {
    this.#byId.set(record.id, record);
    if (this.#byId.size > most) this.#byId.delete(this.#byId.keys().next().value);
  }
}
