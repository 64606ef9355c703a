import { actOf } from './acts.js';
import { make, setText } from './elements.js';

const shown = 8;

/** What Redis is used for in this mode, and in a stream the places of the newest messages. */
export class RedisView {
  #role;
  #slots;

  /** @param {HTMLElement} role @param {HTMLOListElement} slots */
  constructor(role, slots) {
    this.#role = role;
    this.#slots = slots;
  }

  /** @param {string | null} mode @param {import('./rows.js').Rows} rows */
  show(mode, rows) {
    setText(this.#role, actOf(mode)?.redis ?? '');
    const offsets = rows.all.map(row => row.offset).filter(offset => offset !== undefined).sort((a, b) => a - b).slice(-shown);
    while (this.#slots.childElementCount < offsets.length) this.#slots.append(make('li'));
    while (this.#slots.childElementCount > offsets.length) this.#slots.lastChild.remove();
    offsets.forEach((offset, index) => setText(this.#slots.children[index], `#${offset}`));
  }
}
