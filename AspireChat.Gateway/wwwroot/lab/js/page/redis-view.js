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

  /** @param {{ mode: string | null, top: number }} report */
  show({ mode, top }) {
    setText(this.#role, actOf(mode)?.redis ?? '');
    const count = Math.min(top, shown);
    while (this.#slots.childElementCount < count) this.#slots.append(make('li'));
    while (this.#slots.childElementCount > count) this.#slots.lastChild.remove();
    for (let index = 0; index < count; index++) setText(this.#slots.children[index], `#${top - count + 1 + index}`);
  }
}
