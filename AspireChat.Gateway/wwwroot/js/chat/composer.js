import { byId } from './elements.js';

const warnBelow = 200; // characters left
const growsByItself = CSS.supports('field-sizing', 'content');

/** Where a message is written. Enter sends, Shift+Enter begins a new line. */
export class Composer {
  #text = byId('text');
  #left = byId('text-left');
  #send = byId('send');

  constructor({ onSend, onTyping }) {
    byId('composer').addEventListener('submit', event => {
      event.preventDefault();
      this.#submit(onSend);
    });
    this.#text.addEventListener('keydown', event => {
      // While a word is being composed, as in Chinese or Japanese, Enter picks the word.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit(onSend);
    });
    this.#text.addEventListener('input', () => {
      this.#changed();
      if (this.#text.value.trim()) onTyping();
    });
    this.#changed();
  }

  set longest(characters) {
    if (characters) this.#text.maxLength = characters;
  }

  focus() {
    this.#text.focus({ preventScroll: true });
  }

  clear() {
    this.#text.value = '';
    this.#changed();
  }

  #submit(onSend) {
    const text = this.#text.value.trim();
    if (!text) return;

    this.clear();
    onSend(text);
    this.focus();
  }

  #changed() {
    const { value, maxLength } = this.#text;
    this.#send.disabled = value.trim() === '';
    const left = maxLength - value.length;
    this.#left.textContent = left <= warnBelow ? `${left} left` : '';
    if (!growsByItself) this.#grow();
  }

  #grow() {
    this.#text.style.height = 'auto';
    this.#text.style.height = `${this.#text.scrollHeight}px`;
  }
}
