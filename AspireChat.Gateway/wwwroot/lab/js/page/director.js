import { Experiment } from './experiment.js';

const patience = 40_000; // Milliseconds.

/** Runs the acts: everything that a button, the tour or a key can make happen on the stage. */
export class Director {
  #lab;
  #gateway;
  #load;
  #picture;
  #experiment;
  #latest = null;
  /** @type {Set<() => void>} */
  #waiting = new Set();

  /**
   * @param {{
   *   lab: import('./lab.js').Lab,
   *   gateway: import('./gateway.js').Gateway,
   *   load: import('./load-control.js').LoadControl,
   *   picture: import('../picture/picture.js').Picture,
   * }} parts
   */
  constructor({ lab, gateway, load, picture }) {
    this.#lab = lab;
    this.#gateway = gateway;
    this.#load = load;
    this.#picture = picture;
    this.#experiment = new Experiment(gateway, load, instances => this.#emptied(instances));
    lab.addEventListener('report', ({ detail }) => this.#heard(detail));
  }

  /** Switches every instance to this mode, and begins to count anew once every client is in the room and was told. */
  async switchTo(mode) {
    this.#load.set(0);
    await this.#gateway.switchTo(mode);
    await this.until(report => report.mode === mode && report.clients.every(client => client.state !== 'away'), 'every client was told of the switch');
    this.clear();
    await this.#caughtUp();
  }

  /** Switches to this mode unless it is on already. */
  async inMode(mode) {
    if (this.#latest?.mode !== mode) await this.switchTo(mode);
  }

  /** @param {string} [from] A client; the first one unless given. */
  speak(text = 'hello', from = this.#latest?.clients[0]?.name) {
    if (from) this.#lab.send(from, text);
  }

  /** Makes a fault at these instances while messages keep coming. */
  async makeFault(fault, instances) {
    await this.#experiment.run(fault, instances, () => this.#picture.showFault(fault, instances));
    await this.#caughtUp();
  }

  clear() {
    this.#lab.clear();
    this.#picture.forget();
  }

  /** Resolved once nothing is awaited any more. */
  settled() {
    return this.until(({ totals }) => totals.sent > 0 && totals.pending === 0 && totals.acknowledged + totals.failed === totals.sent, 'nothing was awaited any more');
  }

  /**
   * Resolved with the first report that is as asked. One from before the last command does not count: it tells how things
   * stood then, which may be just what is asked for.
   * @param {(report: object) => boolean} condition
   * @param {string} reason What is waited for, for whoever waits in vain.
   */
  async until(condition, reason) {
    const end = performance.now() + patience;
    const since = this.#lab.told;
    while (!(this.#latest?.heard >= since) || !condition(this.#latest)) {
      if (performance.now() > end) throw new Error(`Waited ${patience / 1000} s in vain until ${reason}.`);
      await new Promise(resolve => this.#waiting.add(resolve));
    }

    return this.#latest;
  }

  #emptied(instances) {
    return this.until(
      ({ clients }) => clients.every(client => client.state !== 'away' && !instances.includes(client.instance)),
      `every client had left ${instances.join(', ')} and was back in the room`);
  }

  /** Resolved once the views show what the commands so far have brought about. */
  #caughtUp() {
    return this.until(() => true, 'the worker answered');
  }

  #heard(report) {
    this.#latest = report;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
