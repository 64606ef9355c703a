import { make, setAttribute } from './elements.js';
import { everywhere, faults } from './faults.js';

/** The faults as buttons, and the choice of where. */
export class FaultsView {
  #targets = make('div', { class: 'targets', role: 'radiogroup', 'aria-label': 'Where' });
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
    host.append(make('h2', { text: 'Break something' }), this.#targets, ...this.#buttons.map(({ button }) => button));
    this.#name();
  }

  /** @param {boolean} may */
  allow(may) {
    for (const { button } of this.#buttons) button.disabled = !may;
  }

  /** @param {string[]} instances */
  showInstances(instances) {
    if (instances.join() === this.#names) return;

    this.#names = instances.join();
    this.#choose(instances[1] ?? everywhere);
    this.#targets.replaceChildren(...[...instances, everywhere].map(name => this.#radio(name)));
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
