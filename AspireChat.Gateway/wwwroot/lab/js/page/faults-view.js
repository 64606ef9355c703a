import { dashboardAddress } from './dashboard-address.js';
import { make, setAttribute, setText } from './elements.js';
import { everywhere, faults } from './faults.js';

/** The faults as buttons, and the choice of where. */
export class FaultsView {
  #targets = make('div', { class: 'targets', role: 'radiogroup', 'aria-label': 'Where' });
  #down = make('p', { class: 'down hint', hidden: true });
  #downText = '';
  #buttons;
  #names = '';
  #healthy = [];
  #target = everywhere;
  #may = false;
  #run;

  /** @param {HTMLElement} host @param {(fault: object, instances: string[]) => Promise<void>} run */
  constructor(host, run) {
    this.#run = run;
    this.#buttons = faults.map(fault => {
      const label = make('span', { class: 'label' });
      const what = make('span', { class: 'what' });
      const button = make('button', { type: 'button', class: 'fault', 'data-fault': fault.path, click: () => this.#start(fault, button) }, label, what);
      return { fault, label, what, button };
    });
    host.append(make('h2', { text: 'Break something' }), this.#targets, ...this.#buttons.map(({ button }) => button), this.#down);
    this.#show();
  }

  /** @param {boolean} may */
  allow(may) {
    this.#may = may;
    this.#show();
  }

  /** @param {{ dashboard: string | null, instances: { name: string, healthy: boolean }[] }} surroundings */
  showSurroundings({ dashboard, instances }) {
    this.#healthy = instances.filter(instance => instance.healthy).map(instance => instance.name);
    this.#sayDown(instances.filter(instance => !instance.healthy).map(instance => instance.name), dashboard);

    const names = instances.map(instance => instance.name);
    if (names.join() !== this.#names) {
      this.#names = names.join();
      this.#target = names[1] ?? everywhere;
      this.#targets.replaceChildren(...[...names, everywhere].map(name => this.#radio(name)));
    }

    this.#show();
  }

  /** What was killed or drained stays so: the app host runs the instances, and this page has no say there. */
  #sayDown(names, dashboard) {
    const text = names.length > 0 ? `Not ready: ${names.join(', ')}. What was killed or drained is started again from the ` : '';
    if (text === this.#downText) return;

    this.#downText = text;
    this.#down.hidden = text === '';
    const link = dashboard ? { href: dashboardAddress(), target: '_blank', rel: 'noopener' } : {};
    this.#down.replaceChildren(...(text ? [text, make('a', { ...link, text: 'dashboard' }), '.'] : []));
  }

  #radio(name) {
    const input = make('input', { type: 'radio', name: 'target', value: name, change: () => this.#choose(name) });
    input.checked = name === this.#target;
    return make('label', { class: 'target' }, input, make('span', { text: name }));
  }

  #choose(name) {
    this.#target = name;
    this.#show();
  }

  #show() {
    for (const { fault, label, what, button } of this.#buttons) {
      const obstacle = this.#obstacleTo(fault);
      setText(label, fault.label(this.#target));
      setText(what, obstacle ?? fault.what);
      button.disabled = !this.#may || obstacle !== null;
    }
  }

  /** Where a fault is to be made: at those that are there to suffer it. */
  #instancesFor(fault) {
    if (fault.at === 'redis') return this.#healthy.slice(0, 1);
    return this.#target === everywhere ? this.#healthy : this.#healthy.filter(name => name === this.#target);
  }

  /** Why it cannot be made; null when it can. Somebody has to be left for the clients to go to. */
  #obstacleTo(fault) {
    if (this.#names === '') return null;

    const instances = this.#instancesFor(fault);
    if (instances.length === 0) return 'not ready';
    if (!fault.empties || instances.length < this.#healthy.length) return null;
    return instances.length > 1 ? 'one at a time' : 'the last one stays';
  }

  async #start(fault, button) {
    setAttribute(button, 'aria-busy', 'true');
    try {
      await this.#run(fault, this.#instancesFor(fault));
    } finally {
      setAttribute(button, 'aria-busy', null);
    }
  }
}
