import { acts } from './acts.js';
import { make, setAttribute } from './elements.js';

/** The acts as buttons: which one is on, and the switch from one to another. */
export class ActsView {
  /** @type {Map<string, HTMLButtonElement>} */
  #buttons = new Map();

  /** @param {HTMLElement} host @param {(mode: string) => Promise<void>} onSwitch */
  constructor(host, onSwitch) {
    for (const { mode, number, title } of acts) {
      const button = make('button', { type: 'button', class: 'act', 'data-mode': mode, click: () => this.#switch(mode, onSwitch) },
        make('span', { class: 'number', text: `Act ${number}` }), make('span', { class: 'title', text: title }), make('code', { text: mode }));
      this.#buttons.set(mode, button);
      host.append(button);
    }
  }

  /** @param {boolean} may Whether this page may switch. */
  allow(may) {
    for (const button of this.#buttons.values()) button.disabled = !may;
  }

  show(mode) {
    for (const [name, button] of this.#buttons) setAttribute(button, 'aria-pressed', String(name === mode));
  }

  async #switch(mode, onSwitch) {
    const button = this.#buttons.get(mode);
    setAttribute(button, 'aria-busy', 'true');
    try {
      await onSwitch(mode);
    } finally {
      setAttribute(button, 'aria-busy', null);
    }
  }
}
