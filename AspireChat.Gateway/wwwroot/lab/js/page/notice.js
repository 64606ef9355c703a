import { setText } from './elements.js';

const shownFor = 8_000; // Milliseconds.

/** A line that says what went wrong, for as long as it takes to read. */
export class Notice {
  #element;
  #timer;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  show(text) {
    setText(this.#element, text);
    this.#element.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#element.hidden = true, shownFor);
  }

  /** Runs what a button asks for; what it throws is shown, since nobody reads a console. */
  async guard(action) {
    try {
      await action();
    } catch (error) {
      this.show(error.message);
    }
  }
}
