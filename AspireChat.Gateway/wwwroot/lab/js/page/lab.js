// The browser lets a page with trusted types start a worker only by a policy that its headers allow; this one knows one address.
const workerUrl = new URL('../fleet/worker.js', import.meta.url).href;
const policy = globalThis.trustedTypes?.createPolicy('aspirechat-lab', { createScriptURL: () => workerUrl });

/**
 * The page's side of the measuring instrument. Tells each report, as a `report` event, at most once per animation frame:
 * `detail` is what {@link import('../fleet/reporter.js').Reporter#report} gives.
 */
export class Lab extends EventTarget {
  #worker = new Worker(policy ? policy.createScriptURL('') : workerUrl, { type: 'module', name: 'lab' });

  /** How many commands were given: a report that has heard fewer is about a time before the last one. */
  told = 0;

  constructor() {
    super();
    this.#worker.addEventListener('message', ({ data }) => this.dispatchEvent(new CustomEvent('report', { detail: data })));
    this.#worker.addEventListener('error', event => this.dispatchEvent(new CustomEvent('failure', { detail: event.message })));
  }

  /** @param {{ room: string, address: string, count: number }} settings */
  start(settings) {
    this.#tell('start', settings);
  }

  add() {
    this.#tell('add');
  }

  remove(name) {
    this.#tell('remove', { name });
  }

  resize(count) {
    this.#tell('resize', { count });
  }

  send(from, text) {
    this.#tell('send', { from, text });
  }

  /** @param {number} rate Messages a second, over all clients; 0 ends it. */
  load(rate) {
    this.#tell('load', { rate });
  }

  /** Begins to count anew. */
  clear() {
    this.#tell('clear');
  }

  #tell(command, details) {
    this.#worker.postMessage({ command, ...details });
    this.told++;
  }
}
