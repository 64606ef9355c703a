import { byId, setText } from './elements.js';

const crowd = 60;
const atFirst = 6;

/** How many clients there are: one more, one fewer, or a crowd and back. */
export class FleetControl {
  #count = byId('fleet-count');
  #crowd = byId('crowd');
  #clients = 0;

  /** @param {import('./lab.js').Lab} lab */
  constructor(lab) {
    byId('more').addEventListener('click', () => lab.add());
    byId('fewer').addEventListener('click', () => lab.resize(Math.max(1, this.#clients - 1)));
    this.#crowd.addEventListener('click', () => lab.resize(this.#clients < crowd ? crowd : atFirst));
  }

  show({ clients }) {
    this.#clients = clients.length;
    setText(this.#count, String(clients.length));
    setText(this.#crowd, clients.length < crowd ? `a crowd of ${crowd}` : `back to ${atFirst}`);
  }
}
