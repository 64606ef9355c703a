import { make, setAttribute, setText } from './elements.js';
import { everywhere, faults } from './faults.js';

/** The faults as buttons, and the choice of where. */
export class FaultsView {
  #targets = make('div', { class: 'targets', role: 'radiogroup', 'aria-label': 'Where' });
  #down = make('p', { class: 'down hint', hidden: true });
  #buttons;
  #names = '';
  #target = everywhere;
  #run;

  /** @param {HTMLElement} host @param {(fault: object, instances: string[]) => Promise<void>} run */
  constructor(host, run) {
    this.#run = run;
    this.#buttons = faults.map(fault => {
      const label = make('span', { class: 'label' });
      const button = make('button', { type: 'button', class: 'fault', 'data-fault': fault.path, click: () => this.#start(fault, button) },
        label, make('span', { class: 'what', text: fault.what }));
      return { fault, label, button };
    });
    host.append(make('h2', { text: 'Break something' }), this.#targets, ...this.#buttons.map(({ button }) => button), this.#down);
    this.#name();
  }

  /** @param {boolean} may */
  allow(may) {
    for (const { button } of this.#buttons) button.disabled = !may;
  }

  /** @param {{ name: string, healthy: boolean }[]} instances */
  showInstances(instances) {
    this.#sayDown(instances.filter(instance => !instance.healthy).map(instance => instance.name));
    const names = instances.map(instance => instance.name);
    if (names.join() === this.#names) return;

    this.#names = names.join();
    this.#choose(names[1] ?? everywhere);
    this.#targets.replaceChildren(...[...names, everywhere].map(name => this.#radio(name)));
  }

  /** What was killed or drained stays so: the app host runs the instances, and this page has no say there. */
  #sayDown(names) {
    this.#down.hidden = names.length === 0;
    setText(this.#down, names.length > 0 ? `Not ready: ${names.join(', ')}. What was killed or drained is started again from the dashboard.` : '');
  }

  #radio(name) {
    const input = make('input', { type: 'radio', name: 'target', value: name, change: () => this.#choose(name) });
    input.checked = name === this.#target;
    return make('label', { class: 'target' }, input, make('span', { text: name }));
  }

  #choose(name) {
    this.#target = name;
    this.#name();
  }

  #name() {
    for (const { fault, label } of this.#buttons) label.textContent = fault.label(this.#target);
  }

  async #start(fault, button) {
    const all = this.#names.split(',');
    const instances = fault.at === 'redis' ? all.slice(0, 1) : this.#target === everywhere ? all : [this.#target];
    setAttribute(button, 'aria-busy', 'true');
    try {
      await this.#run(fault, instances);
    } finally {
      setAttribute(button, 'aria-busy', null);
    }
  }
}
