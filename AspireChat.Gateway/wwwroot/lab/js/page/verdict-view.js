import { setAttribute, setText } from './elements.js';
import { verdictOf } from './verdict.js';

const pause = 500; // Milliseconds between two: faster nobody reads.
const quiet = 1_500; // Milliseconds without a message, after which it is over for those who listen.

/** How it stands, in words. What is read aloud is only what it came to: under load the words change all the time. */
export class VerdictView {
  #element;
  #announcer;
  #last = -Infinity;
  #sent = 0;
  #sentAt = 0;

  /** @param {HTMLElement} element @param {HTMLElement} announcer */
  constructor(element, announcer) {
    this.#element = element;
    this.#announcer = announcer;
  }

  show(report) {
    const now = performance.now();
    if (now - this.#last < pause) return;

    this.#last = now;
    const { sent, pending, missed } = report.totals;
    if (sent !== this.#sent) [this.#sent, this.#sentAt] = [sent, now];

    const settled = sent > 0 && pending === 0;
    const text = verdictOf(report);
    setText(this.#element, text);
    setAttribute(this.#element, 'data-tone', missed > 0 ? 'bad' : settled ? 'good' : 'open');
    if (settled && now - this.#sentAt >= quiet) setText(this.#announcer, text);
  }
}
