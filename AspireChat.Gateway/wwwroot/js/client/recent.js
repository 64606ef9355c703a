/** The latest so many things, to know a repeat by. */
export class Recent {
  #limit;
  #known = new Set();

  constructor(limit) {
    this.#limit = limit;
  }

  /** True the first time. */
  add(thing) {
    if (this.#known.has(thing)) return false;

    this.#known.add(thing);
    if (this.#known.size > this.#limit) {
      const [oldest] = this.#known;
      this.#known.delete(oldest);
    }

    return true;
  }
}
