import { Recent } from './recent.js';

const idsKept = 1_000;

/**
 * What one user has seen of one room: where in the stream that ends, and so what is new, what is a repeat and what is
 * missing. Modes without a stream have no position; there repeats are known by name and id, and a miss is not seen.
 */
export class View {
  #last; // The message at the position, where it is known.
  #recent = new Recent(idsKept);
  #begun = false;
  #awaitsSwitch = false;

  /** `{ epoch, offset }` of the last message taken, or null. */
  position = null;

  /** Where to go on after a break; the id and the name let the server notice if another message is there by now. */
  get since() {
    if (!this.position) return undefined;

    const { epoch, offset } = this.position;
    return this.#last?.offset === offset ? { epoch, offset, id: this.#last.id, name: this.#last.name } : { epoch, offset };
  }

  joined({ position, recovered, messages }) {
    const again = this.#begun;
    this.#begun = true;
    this.#awaitsSwitch = false;

    if (recovered) {
      return { reset: false, recovered: true, missed: false, messages: messages.filter(message => this.take(message) === true) };
    }

    if (!position && again) {
      this.position = null;
      return { reset: false, recovered: false, missed: true, messages: messages.filter(message => this.#isNew(message)) };
    }

    this.#startAt(position, messages);
    return { reset: true, recovered: false, missed: again, messages };
  }

  resync({ position, messages }) {
    const switched = this.#awaitsSwitch;
    this.#awaitsSwitch = false;
    this.#startAt(position, messages);
    return { messages, switched };
  }

  switched() {
    this.position = null;
    this.#awaitsSwitch = true;
  }

  /** True if the message is the next one, false if it is a repeat, `'gap'` if one before it is missing. */
  take(message) {
    const { offset } = message;
    if (offset === undefined || !this.position) return this.#isNew(message);
    if (offset <= this.position.offset) return false;
    if (offset > this.position.offset + 1) return 'gap';

    this.position = { epoch: this.position.epoch, offset };
    this.#last = message;
    return true;
  }

  #startAt(position, messages) {
    this.position = position;
    this.#last = messages.at(-1);
    for (const message of messages) this.#isNew(message);
  }

  #isNew({ name, id }) {
    return this.#recent.add(JSON.stringify([name, id]));
  }
}
