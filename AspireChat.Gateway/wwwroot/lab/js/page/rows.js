/** The newest messages and what became of them, put together from the parts that the reports bring. */
export class Rows {
  /** The clients in the order of each row's cells. @type {{ name: string, instance: string | null }[]} */
  columns = [];
  /** Newest first. @type {object[]} */
  all = [];
  /** @type {Map<string, object>} */
  #byId = new Map();

  /**
   * @param {{ columns: { name: string, instance: string | null }[], ids: string[], changed: object[] }} report
   * @returns {boolean} Whether there was anything new.
   */
  merge({ columns, ids, changed }) {
    const same = changed.length === 0 && ids.length === this.all.length && sameColumns(columns, this.columns);
    if (same) return false;

    const changedById = new Map(changed.map(row => [row.id, row]));
    if (!sameColumns(columns, this.columns)) this.columns = columns;
    this.all = ids.map(id => changedById.get(id) ?? this.#byId.get(id));
    this.#byId = new Map(this.all.map(row => [row.id, row]));
    return true;
  }
}

const sameColumns = (some, others) => some.length === others.length
  && some.every(({ name, instance }, index) => name === others[index].name && instance === others[index].instance);
