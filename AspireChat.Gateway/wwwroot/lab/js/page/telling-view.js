import { actOf } from './acts.js';
import { make } from './elements.js';

/** Tells what the present act is about, in two sentences. */
export class TellingView {
  #host;
  #mode;

  /** @param {HTMLElement} host */
  constructor(host) {
    this.#host = host;
  }

  show(mode) {
    if (mode === this.#mode) return;

    this.#mode = mode;
    const act = actOf(mode);
    if (!act) return;

    this.#host.replaceChildren(
      make('h2', {}, make('span', { class: 'number', text: `Act ${act.number}` }), ` ${act.title}`),
      make('p', { text: act.what }),
      make('p', { text: act.why }));
  }
}
