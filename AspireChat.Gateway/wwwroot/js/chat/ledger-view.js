import { element } from './elements.js';
import { Reading } from './reading.js';
import { entryRow, waitingRow } from './row.js';
import { isSameDay } from './times.js';

const mostRows = 300;
const step = 100;
const nearPx = 600;

/**
 * Shows a ledger. However long the room, no more than so many rows are in the page: a window on the entries that moves
 * with the reader. Who reads the newest follows them; who has scrolled up stays where they are and is told what is new.
 *
 * The scroller is a reversed column: its place is counted from the end, 0 and below. So the end stays in sight by
 * itself when the room gets smaller, as by a phone's keyboard.
 */
export class LedgerView {
  #ledger;
  #lanes;
  #traces;
  #parts;
  #actions;
  #reading;
  #from = 0; // The window: entries from here…
  #to = 0; // …up to here, without it.
  #following = true;
  #flushDue = false;
  #changes = {};

  constructor(ledger, lanes, traces, parts, actions) {
    this.#ledger = ledger;
    this.#lanes = lanes;
    this.#traces = traces;
    this.#parts = parts;
    this.#actions = actions;
    this.#reading = new Reading(parts);
    ledger.onchange = change => this.#changed(change);

    parts.scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    parts.newer.addEventListener('click', () => this.#goToNewest());
  }

  /** What the reader just wrote is always shown. */
  follow() {
    if (!this.#following) this.#goToNewest();
    this.#reading.caughtUp();
  }

  /** An instance became known, so lanes moved, or another one serves this connection now. */
  relane(serving) {
    const { scroller, rows, waiting } = this.#parts;
    scroller.style.setProperty('--lanes', this.#lanes.count);
    if (serving) {
      scroller.style.setProperty('--own-lane', this.#lanes.of(serving));
      scroller.style.setProperty('--own-lane-colour', this.#lanes.colourOf(serving));
      this.#lanes.mark(waiting, serving);
    }

    for (const row of rows.children) {
      if (row.dataset.instance) this.#lanes.mark(row, row.dataset.instance);
    }
  }

  /** It became known where traces are to be seen. */
  retrace() {
    for (const row of this.#parts.rows.children) this.#traces.mark(row);
  }

  #changed({ type, count }) {
    if (type === 'dropped' || type === 'prepended') {
      const moved = type === 'dropped' ? -count : count;
      this.#from += moved;
      this.#to += moved;
      this.#changes.prepended ||= moved > 0;
    } else if (type === 'added') {
      const { entries } = this.#ledger;
      this.#reading.added(entries.slice(-count), this.#following);
    } else {
      this.#changes[type] = true;
      if (type === 'reset') this.#reading.caughtUp();
    }

    // Drawn once a frame, however many messages come in it; not at all while nobody looks.
    if (this.#flushDue) return;
    this.#flushDue = true;
    requestAnimationFrame(() => this.#flush());
  }

  #flush() {
    this.#flushDue = false;
    const { reset, waiting, prepended } = this.#changes;
    this.#changes = {};

    if (reset) this.#following = true;
    if (this.#from < 0) this.#cut(-this.#from, row => row.firstElementChild, count => this.#from += count);
    if (this.#following) {
      if (waiting) this.#drawWaiting();
      this.#followNewest(reset);
    } else {
      this.#keepingPlace(() => {
        if (waiting) this.#drawWaiting();
        if (this.#to <= 0) this.#drawNewest();
        else this.#fillUp();
      });
      if (prepended) this.#scrolled();
    }

    const { begun, entries, waiting: onTheirWay } = this.#ledger;
    this.#parts.empty.hidden = !begun || entries.some(entry => entry.kind === 'message') || onTheirWay.length > 0;
  }

  #followNewest(anew) {
    const { length } = this.#ledger.entries;
    if (anew || length - this.#to > mostRows || this.#to <= 0) this.#drawNewest();
    else this.#extendDown(length);
    this.#parts.scroller.scrollTop = 0;
  }

  /** Rows that fit below the reader's window are added; the others wait until the reader comes down to them. */
  #fillUp() {
    const room = mostRows - (this.#to - this.#from);
    if (room > 0) this.#extendDown(Math.min(this.#ledger.entries.length, this.#to + room));
  }

  #drawNewest() {
    const { entries } = this.#ledger;
    this.#to = entries.length;
    this.#from = Math.max(0, this.#to - step);
    this.#parts.rows.replaceChildren(...this.#rowsOf(this.#from, this.#to));
  }

  #drawWaiting() {
    this.#parts.waiting.replaceChildren(...this.#ledger.waiting.map(message => waitingRow(message, this.#actions)));
  }

  #extendDown(to) {
    if (to <= this.#to) return;

    this.#parts.rows.append(...this.#rowsOf(this.#to, to));
    this.#to = to;
    this.#cut(this.#to - this.#from - mostRows, row => row.firstElementChild, count => this.#from += count);
  }

  #extendUp(from) {
    // What was first may not be the first of its day any more.
    if (isSameDay(this.#ledger.entries[this.#from - 1].at, this.#ledger.entries[this.#from].at)) {
      this.#parts.rows.firstElementChild?.querySelector('.row__day')?.remove();
    }

    this.#parts.rows.prepend(...this.#rowsOf(from, this.#from));
    this.#from = from;
    this.#cut(this.#to - this.#from - mostRows, row => row.lastElementChild, count => this.#to -= count);
  }

  #cut(count, which, account) {
    if (count <= 0) return;

    for (let i = 0; i < count; i++) which(this.#parts.rows)?.remove();
    account(count);
  }

  #rowsOf(from, to) {
    const { entries } = this.#ledger;
    const rows = [];
    for (let i = from; i < to; i++) {
      const row = entryRow(entries[i], entries[i - 1], this.#lanes);
      if (this.#reading.isFirstUnread(entries[i])) row.prepend(element('p', { class: 'row__new' }, 'New'));
      this.#traces.mark(row);
      rows.push(row);
    }

    return rows;
  }

  #scrolled() {
    const { scroller } = this.#parts;
    const below = -scroller.scrollTop;
    const above = scroller.scrollHeight - scroller.clientHeight - below;
    const { length } = this.#ledger.entries;

    if (above < nearPx && this.#from === 0) this.#actions.older();
    if (above < nearPx && this.#from > 0) this.#keepingPlace(() => this.#extendUp(Math.max(0, this.#from - step)));
    else if (below < nearPx && this.#to < length) this.#keepingPlace(() => this.#extendDown(Math.min(length, this.#to + step)));

    this.#following = below < 40 && this.#to === length;
    if (this.#following) this.#reading.atNewest();
    else this.#reading.away();
  }

  /** Changes the rows without moving what the reader looks at. */
  #keepingPlace(change) {
    const { scroller, rows } = this.#parts;
    const top = scroller.getBoundingClientRect().top;
    const anchor = Array.prototype.find.call(rows.children, row => row.getBoundingClientRect().bottom > top);
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor?.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  #goToNewest() {
    this.#following = true;
    this.#drawNewest();
    this.#parts.scroller.scrollTop = 0;
    this.#reading.atNewest();
  }
}
