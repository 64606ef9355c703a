import { byId, setText } from './elements.js';

const allowance = 18; // Messages a second that one client sends at most; the chat servers take 20 from a connection.

const enough = 0.8; // Of what was asked for.
const settling = 3; // Seconds.

/** The slider for the load; experiments move it too, so that everybody sees what is going on. */
export class LoadControl {
  rate = 0;
  #lab;
  #slider = byId('rate');
  #value = byId('rate-value');
  #hint = byId('rate-hint');
  #clients = 0;
  /** How many seconds the rate is as it is. */
  #age = 0;
  #sent = 0;

  /** @param {import('./lab.js').Lab} lab */
  constructor(lab) {
    this.#lab = lab;
    this.#slider.addEventListener('input', () => this.set(this.#slider.valueAsNumber));
  }

  set(rate) {
    this.rate = rate;
    this.#age = 0;
    this.#slider.valueAsNumber = rate;
    setText(this.#value, String(rate));
    this.#lab.load(rate);
    this.#advise();
  }

  show({ clients, seconds }) {
    this.#clients = clients.length;
    this.#age += seconds.length;
    this.#sent = seconds.at(-1)?.sent ?? this.#sent;
    this.#advise();
  }

  #advise() {
    setText(this.#hint, this.#advice());
  }

  /** Why it is less than asked for; empty when it is not. */
  #advice() {
    const most = this.#clients * allowance;
    if (this.rate > most) return `${this.#clients} clients may send ${most} in all; add clients for more.`;

    const isHeldBack = this.#age > settling && this.#sent < this.rate * enough;
    return isHeldBack ? `${this.#sent} get through: a client says the next when the last is acknowledged.` : '';
  }
}
