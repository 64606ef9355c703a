const kept = 5_000;
const dropped = 500; // At once, so that dropping is rare.

/**
 * What was said in the room, oldest first: `entries` have their place, `waiting` are own messages on their way. A view
 * hears of every change through `onchange`.
 *
 * An entry is `{ key, kind: 'message', id, name, text, at, offset, instance, own }`, or `{ key, kind: 'notice', text, at }`.
 * One that waits is `{ id, text, state: 'sending' | 'sent' | 'failed', problem }`.
 */
export class Ledger {
  entries = [];
  waiting = [];
  onchange = () => {};
  #notices = 0;
  #placedHere = new Set();

  /** Whether it is known what was said. */
  begun = false;

  /** Forgets everything, as for another room. */
  clear() {
    this.begun = false;
    this.waiting = [];
    this.entries = [];
    this.onchange({ type: 'waiting' });
    this.onchange({ type: 'reset' });
  }

  /** Forgets what was said and begins with these. */
  reset(messages) {
    this.begun = true;
    this.entries = messages.map(toEntry);
    this.#settle(messages);
    this.onchange({ type: 'reset' });
  }

  append(messages) {
    this.#settle(messages);
    this.#add(messages.filter(message => !(message.own && this.#placedHere.delete(message.id))).map(toEntry));
  }

  notice(text) {
    this.#add([{ key: `notice ${++this.#notices}`, kind: 'notice', text, at: new Date() }]);
  }

  send(id, text) {
    this.waiting.push({ id, text, state: 'sending', problem: '' });
    this.onchange({ type: 'waiting' });
  }

  /**
   * The server has it. With an offset it comes back in its place; without one it may have come back on a link that is
   * gone, so it takes its place here.
   */
  confirmed(message) {
    const waiting = this.#waitingFor(message.id);
    if (!waiting) return;

    if (message.offset === undefined) {
      this.append([message]);
      this.#placedHere.add(message.id);
    } else {
      waiting.state = 'sent';
      this.onchange({ type: 'waiting' });
    }
  }

  failed(id, problem) {
    this.#update(id, { state: 'failed', problem });
  }

  sendingAgain(id) {
    this.#update(id, { state: 'sending', problem: '' });
  }

  discard(id) {
    this.waiting = this.waiting.filter(message => message.id !== id);
    this.onchange({ type: 'waiting' });
  }

  #update(id, change) {
    const waiting = this.#waitingFor(id);
    if (!waiting) return;

    Object.assign(waiting, change);
    this.onchange({ type: 'waiting' });
  }

  #waitingFor(id) {
    return this.waiting.find(message => message.id === id);
  }

  #add(entries) {
    if (entries.length === 0) return;

    this.entries.push(...entries);
    if (this.entries.length > kept) {
      const count = Math.max(dropped, this.entries.length - kept);
      this.entries.splice(0, count);
      this.onchange({ type: 'dropped', count });
    }

    this.onchange({ type: 'added', count: entries.length });
  }

  /** Own messages that have their place wait no longer. */
  #settle(messages) {
    if (this.waiting.length === 0) return;

    const arrived = new Set(messages.filter(message => message.own).map(message => message.id));
    const left = this.waiting.filter(message => !arrived.has(message.id));
    if (left.length === this.waiting.length) return;

    this.waiting = left;
    this.onchange({ type: 'waiting' });
  }
}

function toEntry({ id, name, text, at, offset, instance, own }) {
  return { key: `${id} ${name}`, kind: 'message', id, name, text, at: new Date(at), offset, instance, own };
}
