import { Lanes } from '../../../js/chat/lanes.js';
import { Verdict } from '../measure/cell.js';
import { isSlow, readCell } from './cell-text.js';
import { make, setAttribute, setText } from './elements.js';

const rowCount = 10;
const leastPause = 200; // Milliseconds: more often nobody can read.

/** In the place of messages that are yet to come: the table has its size from the beginning. */
const noRow = { sender: '', cells: [], latencies: [] };

/** The delivery matrix: messages as rows, the clients as columns under their instances. Elements are kept and filled anew. */
export class MatrixView {
  #table;
  #lanes = new Lanes();
  #columns = null;
  #cells = [];
  #drawn = -Infinity;
  #timer = 0;

  /** @param {HTMLTableElement} table */
  constructor(table) {
    this.#table = table;
    this.#layOut([]);
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
    if (rows.columns !== this.#columns) this.#layOut(rows.columns);

    this.#cells.forEach(({ head, cells }, index) => fill(rows.all[index] ?? noRow, head, cells));
  }

  #layOut(columns) {
    this.#columns = columns;
    this.#cells = Array.from({ length: rowCount }, () => {
      const head = make('th', { scope: 'row' });
      const cells = columns.map((_, index) => make('td', { 'data-first': isFirst(columns, index) }));
      return { head, cells };
    });

    this.#table.replaceChildren(
      make('thead', {}, make('tr', {}, make('th', { scope: 'col', text: 'from' }), ...columns.map((_, index) => this.#head(columns, index)))),
      make('tbody', {}, ...this.#cells.map(({ head, cells }) => make('tr', {}, head, ...cells))));
    setAttribute(this.#table, 'data-crowd', columns.length > 24 ? '' : null);
  }

  #head(columns, index) {
    const { name, instance } = columns[index];
    const head = make('th', { scope: 'col', title: instance ?? '', 'data-first': isFirst(columns, index) }, make('span', { text: name }));
    if (instance) this.#lanes.mark(head, instance);
    return head;
  }
}

/** Whether an instance's columns begin here. */
const isFirst = (columns, index) => index > 0 && columns[index].instance !== columns[index - 1].instance;

function fill({ sender, offset, cells, latencies }, head, elements) {
  setText(head, offset === undefined ? sender : `${sender} #${offset}`);
  elements.forEach((element, index) => {
    const cell = cells[index] ?? Verdict.Excused;
    const { kind, text, label } = readCell(cell, latencies[index]);
    setText(element, text);
    setAttribute(element, 'data-kind', sender ? kind : null);
    setAttribute(element, 'data-slow', isSlow(cell, latencies[index]) ? '' : null);
    setAttribute(element, 'aria-label', sender ? label : null);
  });
}
