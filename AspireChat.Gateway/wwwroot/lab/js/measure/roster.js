/**
 * Which clients a message is owed to, in the order of the page's columns. Never changes: when a client comes or goes the
 * ledger begins another, and the messages before it keep theirs.
 */
export class Roster {
  /** @type {Map<string, number>} */
  #indexes;

  /** @param {import('./client-record.js').ClientRecord[]} clients */
  constructor(clients) {
    this.clients = Object.freeze([...clients]);
    this.#indexes = new Map(clients.map((client, index) => [client.name, index]));
  }

  /** @param {string} name @returns {number | undefined} */
  indexOf(name) {
    return this.#indexes.get(name);
  }
}
