import { Verdict } from '../measure/cell.js';
import { readDuration } from '../page/durations.js';
import { make, setAttribute, setText } from '../page/elements.js';

const words = { [Verdict.Received]: 'received', [Verdict.Resumed]: 'resumed', [Verdict.Late]: 'late' };
const fresh = 900; // Milliseconds for which an arrival is seen on the chip.

/** One client in the picture: a button that lets it speak, and beside it one that takes it away. */
export class Chip {
  #last = make('span', { class: 'last' });
  #button;
  /** The messages in the picture that have not reached it yet. */
  #awaited = new Set();
  #report = { state: 'away', instance: null, missed: 0 };
  #fade;
  #silence;

  /** @param {string} name @param {{ onSpeak(name: string): void, onRemove(name: string): void }} actions */
  constructor(name, { onSpeak, onRemove }) {
    this.name = name;
    this.#button = make('button', { type: 'button', class: 'speak', click: () => onSpeak(name) }, make('span', { class: 'name', text: name }), this.#last);
    this.element = make('li', { class: 'client', 'data-client': name }, this.#button,
      make('button', { type: 'button', class: 'remove', 'aria-label': `Remove ${name}`, text: '×', click: () => onRemove(name) }));
  }

  /** @param {{ state: string, instance: string | null, missed: number }} report */
  update(report) {
    this.#report = report;
    setAttribute(this.element, 'data-state', report.state);
    setAttribute(this.element, 'data-missed', report.missed > 0 ? String(report.missed) : null);
    if (report.missed > 0) this.#say(`missed ${report.missed}`);
    else if (report.state === 'away') this.#say('away');
    else if (!this.#fade && !this.#silence) this.#say('');
    setAttribute(this.#button, 'aria-label', this.#label());
  }

  /** It said something before everybody's eyes. */
  spoke() {
    setAttribute(this.element, 'data-speaking', '');
    if (this.#report.missed === 0) this.#say('speaks');
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => setAttribute(this.element, 'data-speaking', null), fresh);
  }

  awaits(id) {
    this.#awaited.add(id);
    setAttribute(this.element, 'data-awaiting', '');
  }

  /** The message arrived before everybody's eyes. */
  arrived(id, verdict, milliseconds) {
    this.noLongerAwaits(id);
    setAttribute(this.element, 'data-arrived', words[verdict]);
    if (this.#report.missed === 0) this.#say(readDuration(milliseconds));
    clearTimeout(this.#fade);
    this.#fade = setTimeout(() => this.#settle(), fresh);
  }

  noLongerAwaits(id) {
    this.#awaited.delete(id);
    if (this.#awaited.size === 0) setAttribute(this.element, 'data-awaiting', null);
  }

  forget() {
    this.#awaited.clear();
    setAttribute(this.element, 'data-awaiting', null);
    clearTimeout(this.#fade);
    this.#settle();
    this.#say('');
  }

  #settle() {
    setAttribute(this.element, 'data-arrived', null);
  }

  #say(text) {
    setText(this.#last, text);
  }

  #label() {
    const { state, instance, missed } = this.#report;
    const where = state === 'away' ? 'away' : `on ${instance}`;
    return `${this.name}, ${where}${missed > 0 ? `, missed ${missed}` : ''}: send a message`;
  }
}
