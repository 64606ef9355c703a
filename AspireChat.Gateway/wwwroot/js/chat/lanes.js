const colours = 8;

/**
 * Each instance has a lane of its own in the margin of the ledger, in the order of their names, so that one sees the
 * conversation change lanes. Further instances than colours share them.
 */
export class Lanes {
  #names = [];

  get count() {
    return this.#names.length;
  }

  /** True if the instance is new, which moves the lanes of those after it. */
  add(instance) {
    if (!instance || this.#names.includes(instance)) return false;

    this.#names.push(instance);
    this.#names.sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
    return true;
  }

  of(instance) {
    return Math.max(0, this.#names.indexOf(instance));
  }

  /** Gives an element the instance's lane and colour. */
  mark(target, instance) {
    target.style.setProperty('--lane', this.of(instance));
    target.style.setProperty('--lane-colour', this.colourOf(instance));
  }

  /** An instance keeps its colour, whichever others are known: by its number, or else by its letters. */
  colourOf(instance) {
    const number = /(\d+)$/.exec(instance)?.[1];
    const sum = number === undefined ? Array.from(instance, letter => letter.codePointAt(0)).reduce((a, b) => a + b, 0) : number - 1;
    return `var(--lane-${((sum % colours) + colours) % colours})`;
  }
}
