const step = 100;

/**
 * Reads what was said before what the page has, a step at a time, for as long as the server keeps it and lets it be read.
 */
export class Older {
  #ledger;
  #where;
  #busy = false;
  #exhausted = null; // The epoch of which there is no more.

  /** @param where Tells the room and the epoch of its stream, which is undefined in modes that keep no history. */
  constructor(ledger, where) {
    this.#ledger = ledger;
    this.#where = where;
  }

  async read() {
    const { room, epoch } = this.#where();
    const first = this.#ledger.firstOffset;
    if (this.#busy || !epoch || epoch === this.#exhausted || !(first > 1) || this.#ledger.full) return;

    this.#busy = true;
    try {
      const older = await page(room, epoch, first);
      if (this.#where().epoch !== epoch || this.#ledger.firstOffset !== first) return; // Another stream by now.

      if (older.length === 0) this.#exhausted = epoch;
      else this.#ledger.prepend(older);
    } catch {
      this.#exhausted = epoch; // What cannot be read is as good as gone; the newest is what matters.
    } finally {
      this.#busy = false;
    }
  }
}

async function page(room, epoch, first) {
  const after = Math.max(0, first - 1 - step);
  const asked = new URLSearchParams({ epoch, after, limit: first - 1 - after });
  const answer = await fetch(`/api/rooms/${encodeURIComponent(room)}/messages?${asked}`);
  if (!answer.ok) return [];

  const { messages } = await answer.json();
  return messages.filter(message => message.offset < first); // Where the beginning is gone, the page begins later.
}
