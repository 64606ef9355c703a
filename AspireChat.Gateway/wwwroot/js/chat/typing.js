import { byId } from './elements.js';

const forgottenAfterMs = 4_000;

/** Who is writing just now. Each is forgotten when nothing more is heard of it. */
export class Typing {
  #line = byId('typing');
  #timers = new Map();

  heard(name) {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(name, setTimeout(() => this.stopped(name), forgottenAfterMs));
    this.#show();
  }

  stopped(name) {
    clearTimeout(this.#timers.get(name));
    if (this.#timers.delete(name)) this.#show();
  }

  clear() {
    for (const name of [...this.#timers.keys()]) this.stopped(name);
  }

  #show() {
    const names = [...this.#timers.keys()];
    this.#line.textContent = names.length === 0 ? ''
      : names.length === 1 ? `${names[0]} is writing…`
      : names.length === 2 ? `${names[0]} and ${names[1]} are writing…`
      : `${names.length} people are writing…`;
  }
}
