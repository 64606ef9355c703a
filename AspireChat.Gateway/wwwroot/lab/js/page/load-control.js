import { byId, setText } from './elements.js';

const allowance = 18; // Messages a second that one client sends at most; the chat servers take 20 from a connection.

/** The slider for the load; experiments move it too, so that everybody sees what is going on. */
export class LoadControl {
  rate = 0;
  #lab;
  #slider = byId('rate');
  #value = byId('rate-value');
  #hint = byId('rate-hint');
  #clients = 0;

  /** @param {import('./lab.js').Lab} lab */
  constructor(lab) {
    this.#lab = lab;
    this.#slider.addEventListener('input', () => this.set(this.#slider.valueAsNumber));
  }

  set(rate) {
    this.rate = rate;
    this.#slider.valueAsNumber = rate;
    setText(this.#value, String(rate));
    this.#lab.load(rate);
    this.#advise();
  }

  show({ clients }) {
    this.#clients = clients.length;
    this.#advise();
  }

  #advise() {
    const most = this.#clients * allowance;
    setText(this.#hint, this.rate > most ? `${this.#clients} clients may send ${most} in all; add clients for more.` : '');
  }
}
