const rate = 20; // Messages a second, unless the slider already makes more.
const leadTime = 700; // Milliseconds of ordinary operation before the fault.

const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** Makes a fault while messages keep coming: a fault that nothing meets shows nothing. */
export class Experiment {
  #gateway;
  #load;
  #emptied;
  #running = 0;

  /**
   * @param {import('./gateway.js').Gateway} gateway
   * @param {{ rate: number, set(rate: number): void }} load
   * @param {(instances: string[]) => Promise<unknown>} emptied Resolved once no client is left there.
   */
  constructor(gateway, load, emptied) {
    this.#gateway = gateway;
    this.#load = load;
    this.#emptied = emptied;
  }

  /**
   * @param {import('./faults.js').faults[number]} fault
   * @param {string[]} instances Where; a fault of Redis takes the first.
   * @param {() => void} onMade Called once it is there.
   */
  async run(fault, instances, onMade) {
    const ownLoad = this.#load.rate === 0;
    if (ownLoad) this.#load.set(rate);
    this.#running++;
    try {
      await wait(leadTime);
      await Promise.all(instances.map(instance => this.#gateway.fault(instance, fault.path, fault.body)));
      onMade();
      await wait(fault.seconds * 1000);
      if (fault.empties) await this.#emptied(instances);
    } finally {
      this.#running--;
      if (ownLoad || this.#load.rate === rate) this.#endLoad();
    }
  }

  #endLoad() {
    if (this.#running === 0) this.#load.set(0);
  }
}
