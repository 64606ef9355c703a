import { actOf } from './acts.js';
import { make } from './elements.js';

/** Tells what the present act is about, in two sentences. */
export class TellingView {
  #host;
  #role;
  #mode;

  /** @param {HTMLElement} host @param {HTMLElement} role Where the picture says what Redis is used for. */
  constructor(host, role) {
    this.#host = host;
    this.#role = role;
  }

  show(mode) {
    if (mode === this.#mode) return;

    this.#mode = mode;
    const act = actOf(mode);
    if (!act) return;

    this.#role.textContent = act.redis;
    this.#host.replaceChildren(
      make('h2', {}, make('span', { class: 'number', text: `Act ${act.number}` }), ` ${act.title}`),
      make('p', { text: act.what }),
      make('p', { text: act.why }));
  }
}
