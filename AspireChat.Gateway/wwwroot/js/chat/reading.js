const markedForMs = 6_000;

/**
 * How far the reader is: what came while they had scrolled up or looked elsewhere is unread. The first of it is marked
 * until they have had time to see it, and the button to the newest tells how many there are.
 */
export class Reading {
  #newer;
  #rows;
  #firstUnread = null;
  #unread = 0;
  #timer;

  constructor({ newer, rows }) {
    this.#newer = newer;
    this.#rows = rows;
    document.addEventListener('visibilitychange', () => !document.hidden && this.#newer.hidden && this.#fade());
  }

  added(entries, following) {
    const others = entries.filter(entry => entry.kind === 'message' && !entry.own);
    if (others.length === 0 || (following && !document.hidden)) return;

    clearTimeout(this.#timer);
    this.#firstUnread ??= others[0].key;
    this.#unread += others.length;
    if (!following) this.away();
  }

  /** The newest is out of sight. */
  away() {
    this.#newer.textContent = this.#unread === 0 ? 'To the newest ↓' : this.#unread === 1 ? '1 new message ↓' : `${this.#unread} new messages ↓`;
    this.#newer.hidden = false;
  }

  isFirstUnread(entry) {
    return entry.key === this.#firstUnread;
  }

  /** The newest is in sight. */
  atNewest() {
    this.#unread = 0;
    this.#newer.hidden = true;
    if (!document.hidden) this.#fade();
  }

  /** Nothing is unread any more, and nothing shall say so. */
  caughtUp() {
    clearTimeout(this.#timer);
    this.#firstUnread = null;
    this.#unread = 0;
    this.#newer.hidden = true;
    this.#rows.querySelector('.row__new')?.remove();
  }

  #fade() {
    if (this.#firstUnread === null) return;

    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.caughtUp(), markedForMs);
  }
}
