import { setText } from './elements.js';
import { verdictOf } from './verdict.js';

const pause = 1_000; // Milliseconds between two: a screen reader reads each of them out.

/** How it stands, in words; the text that a screen reader announces. */
export class VerdictView {
  #element;
  #last = -Infinity;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  show(report) {
    const now = performance.now();
    if (now - this.#last < pause) return;

    this.#last = now;
    setText(this.#element, verdictOf(report));
    this.#element.dataset.tone = report.totals.missed > 0 ? 'bad' : report.totals.sent > 0 && report.totals.pending === 0 ? 'good' : 'open';
  }
}
