import { Verdict } from './cell.js';

/**
 * Cuts from the ledger what the delivery matrix shows: the newest messages as rows, the present clients as columns. Only
 * rows that changed since the last cut are in it.
 */
export class MatrixRows {
  /** @type {Map<string, number>} What version of each row was given last. */
  #given = new Map();
  #columns = '';

  /** @param {import('./ledger.js').Ledger} ledger @param {number} count */
  cut(ledger, count) {
    const columns = ledger.clients.map(client => client.name);
    if (columns.join() !== this.#columns) {
      this.#columns = columns.join();
      this.#given.clear();
    }

    const records = ledger.newest(count);
    const changed = records.filter(record => this.#given.get(record.id) !== record.version);
    this.#given = new Map(records.map(record => [record.id, record.version]));
    return { columns, ids: records.map(record => record.id), changed: changed.map(record => row(record, columns)) };
  }
}

function row(record, columns) {
  const { id, sender, mode, failure, offset } = record;
  const indexes = columns.map(name => record.roster.indexOf(name));
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
