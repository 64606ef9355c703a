import { Verdict } from './cell.js';

const kept = 24;
const atOnce = 8;
const pause = 250; // Milliseconds between two under load: rows that one can follow, and that stay until misses are known.

/**
 * Observes the ledger and cuts from it what the delivery matrix shows: messages as rows, all of them while they are few and
 * a sample under load; the present clients as columns, those of one instance together. Only rows that changed since the
 * last cut are in it.
 */
export class MatrixRows {
  /** Newest first. @type {import('./message-record.js').MessageRecord[]} */
  #records = [];
  #credit = atOnce;
  #last = 0;
  /** @type {Map<string, number>} What version of each row was given last. */
  #given = new Map();
  #columns = '';

  sent(record) {
    this.#credit = Math.min(atOnce, this.#credit + (record.sentAt - this.#last) / pause);
    this.#last = record.sentAt;
    if (this.#credit < 1) return;

    this.#credit--;
    this.#records = [record, ...this.#records].slice(0, kept);
  }

  /** @param {import('./client-record.js').ClientRecord[]} clients */
  cut(clients) {
    const columns = clients.map(({ name, instance }) => ({ name, instance })).sort(byInstance);
    const key = JSON.stringify(columns);
    if (key !== this.#columns) {
      this.#columns = key;
      this.#given.clear();
    }

    const changed = this.#records.filter(record => this.#given.get(record.id) !== record.version);
    this.#given = new Map(this.#records.map(record => [record.id, record.version]));
    return { columns, ids: this.#records.map(record => record.id), changed: changed.map(record => row(record, columns)) };
  }

  clear() {
    this.#records = [];
    this.#credit = atOnce;
  }
}

/** Keeps the order of clients that share an instance. */
const byInstance = (a, b) => (a.instance ?? '').localeCompare(b.instance ?? '', undefined, { numeric: true });

function row(record, columns) {
  const { id, sender, mode, failure, offset } = record;
  const indexes = columns.map(({ name }) => record.roster.indexOf(name));
  return {
    id,
    sender,
    mode,
    failure,
    offset,
    acknowledged: record.ackedAt !== null,
    cells: indexes.map(index => (index === undefined ? Verdict.Excused : record.cells[index])),
    latencies: indexes.map(index => (index === undefined ? 0 : record.latencies[index])),
  };
}
