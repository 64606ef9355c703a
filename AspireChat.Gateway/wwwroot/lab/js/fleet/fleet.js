import { freeName } from './client-names.js';
import { LabClient } from './lab-client.js';

/** The page's clients. */
export class Fleet {
  /** @type {Map<string, LabClient>} */
  #clients = new Map();
  #context;
  #mode = null;

  /** @param {{room: string, address: string, ledger: import('../measure/ledger.js').Ledger, clock: () => number}} context */
  constructor(context) {
    this.#context = context;
  }

  get clients() {
    return [...this.#clients.values()];
  }

  /** The mode of the backplane, once all clients that are here were told the same; null before that. */
  get mode() {
    const modes = new Set(this.clients.filter(client => client.isPresent).map(client => client.mode));
    if (modes.size === 1) [this.#mode] = modes;
    return this.#mode;
  }

  /** Those that can take a message for sending now. */
  get ready() {
    return this.clients.filter(client => client.isReady);
  }

  find(name) {
    return this.#clients.get(name);
  }

  /** Brings in or takes away the newest clients until there are so many. */
  resize(count) {
    while (this.#clients.size < count && this.add());
    for (const { name } of this.clients.slice(count)) this.remove(name);
  }

  /** @returns {LabClient | undefined} Nothing once all names are taken. */
  add() {
    const name = freeName(candidate => this.#clients.has(candidate));
    if (!name) return undefined;

    const client = new LabClient(name, this.#context);
    this.#clients.set(name, client);
    return client;
  }

  remove(name) {
    this.#clients.get(name)?.close();
    this.#clients.delete(name);
    this.#context.ledger.removed(name);
  }
}
