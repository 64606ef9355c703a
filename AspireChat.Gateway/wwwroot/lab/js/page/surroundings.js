const pause = 1_000; // Milliseconds.

/**
 * Asks the gateway once a second how the instances are, while somebody looks. Tells it as a `change` event.
 */
export class Surroundings extends EventTarget {
  #gateway;

  /** @param {import('./gateway.js').Gateway} gateway */
  constructor(gateway) {
    super();
    this.#gateway = gateway;
  }

  async watch() {
    for (;;) {
      if (!document.hidden) await this.#ask();
      await new Promise(resolve => setTimeout(resolve, pause));
    }
  }

  async #ask() {
    try {
      this.dispatchEvent(new CustomEvent('change', { detail: await this.#gateway.surroundings() }));
    } catch {
      // The gateway is away, which the clients show; the next second asks again.
    }
  }
}
