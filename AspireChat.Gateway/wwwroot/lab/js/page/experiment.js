const rate = 20; // Messages a second, unless the slider already makes more.
const leadTime = 700; // Milliseconds of ordinary operation before the fault.

const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** Makes a fault while messages keep coming: a fault that nothing meets shows nothing. */
export class Experiment {
  #gateway;
  #load;
  #running = 0;

  /**
   * @param {import('./gateway.js').Gateway} gateway
   * @param {{ rate: number, set(rate: number): void }} load
   */
  constructor(gateway, load) {
    this.#gateway = gateway;
    this.#load = load;
  }

  /**
   * @param {import('./faults.js').faults[number]} fault
   * @param {string[]} instances Where; a fault of Redis takes the first.
   */
  async run(fault, instances) {
    const ownLoad = this.#load.rate === 0;
    if (ownLoad) this.#load.set(rate);
    this.#running++;
    try {
      await wait(leadTime);
      await Promise.all(instances.map(instance => this.#gateway.fault(instance, fault.path, fault.body)));
      await wait(fault.seconds * 1000);
    } finally {
      this.#running--;
      if (ownLoad || this.#load.rate === rate) this.#endLoad();
    }
  }

  #endLoad() {
    if (this.#running === 0) this.#load.set(0);
  }
}
