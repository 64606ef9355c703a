import { Verdict } from '../measure/cell.js';
import { readCell } from './cell-text.js';
import { make, setAttribute, setText } from './elements.js';

const rowCount = 12;
const leastPause = 200; // Milliseconds: more often nobody can read, and under load all rows are new each time.

/** In the place of messages that are yet to come: the table has its size from the beginning. */
const noRow = { sender: '', cells: [], latencies: [] };

/** The delivery matrix: the newest messages as rows, the clients as columns. Elements are kept and filled anew. */
export class MatrixView {
  #table;
  #columns = '';
  #cells = [];
  #drawn = -Infinity;
  #timer = 0;

  /** @param {HTMLTableElement} table */
  constructor(table) {
    this.#table = table;
  }

  /** @param {import('./rows.js').Rows} rows */
  show(rows) {
    const wait = this.#drawn + leastPause - performance.now();
    if (wait <= 0) return this.#draw(rows);
    this.#timer ||= setTimeout(() => this.#draw(rows), wait);
  }

  #draw(rows) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#drawn = performance.now();
    if (rows.columns.join() !== this.#columns) this.#layOut(rows.columns);

    this.#cells.forEach(({ head, cells }, index) => fill(rows.all[index] ?? noRow, head, cells));
  }

  #layOut(columns) {
    this.#columns = columns.join();
    this.#cells = Array.from({ length: rowCount }, () => {
      const head = make('th', { scope: 'row' });
      const cells = columns.map(() => make('td'));
      return { head, cells };
    });

    const heads = columns.map(name => make('th', { scope: 'col' }, make('span', { text: name })));
    this.#table.replaceChildren(
      make('thead', {}, make('tr', {}, make('th', { scope: 'col', text: 'from' }), ...heads)),
      make('tbody', {}, ...this.#cells.map(({ head, cells }) => make('tr', {}, head, ...cells))));
    setAttribute(this.#table, 'data-crowd', columns.length > 24 ? '' : null);
  }
}

function fill({ sender, offset, cells, latencies }, head, elements) {
  setText(head, offset === undefined ? sender : `${sender} #${offset}`);
  elements.forEach((element, index) => {
    const { kind, text, label } = readCell(cells[index] ?? Verdict.Excused, latencies[index]);
    setText(element, text);
    setAttribute(element, 'data-kind', sender ? kind : null);
    setAttribute(element, 'aria-label', sender ? label : null);
  });
}
