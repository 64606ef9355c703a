const most = 20_000; // A repeat of an older message goes unseen.
const newestKept = 100;

/** The messages that the ledger still knows. */
export class Records {
  /** @type {Map<string, import('./message-record.js').MessageRecord>} Oldest first. */
  #byId = new Map();
  /** Their end, to be had without walking over all of them. @type {import('./message-record.js').MessageRecord[]} */
  #newest = [];

  [Symbol.iterator]() {
    return this.#byId.values();
  }

  /** @param {string} id */
  find(id) {
    return this.#byId.get(id);
  }

  /** @param {number} count At most 100. Newest first. */
  newest(count) {
    return this.#newest.slice(-count).reverse();
  }

  /** @param {import('./message-record.js').MessageRecord} record */
  add(record) {
    this.#byId.set(record.id, record);
    if (this.#byId.size > most) this.#byId.delete(this.#byId.keys().next().value);
    if (this.#newest.push(record) > 2 * newestKept) this.#newest.splice(0, newestKept);
  }
}
