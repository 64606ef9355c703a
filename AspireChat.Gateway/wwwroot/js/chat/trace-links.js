import { element } from './elements.js';
import { traceAddress } from './trace-address.js';

/** Leads from a message to its trace, where there is a dashboard that shows it. */
export class TraceLinks {
  #dashboard = null;

  /** Asks the gateway for the dashboard; until then, and without one, there are no links. */
  async find() {
    try {
      const response = await fetch('/dashboard');
      if (response.ok) this.#dashboard = (await response.json()).address;
    } catch {
      // The page does as well without.
    }
  }

  /** @param {HTMLElement} row Of a message, or of a notice, which has none. */
  mark(row) {
    const address = traceAddress(this.#dashboard, row.dataset.message);
    if (!address || row.querySelector('.row__trace')) return;

    row.append(element('a', { class: 'row__trace', href: address, target: '_blank', rel: 'noopener', title: 'Follow this message in the dashboard' }, 'trace'));
  }
}
