import { byId } from './elements.js';

const atMostEveryMs = 1_500;

/** Reads new messages to who uses a screen reader: one in full, several as their number. The ledger itself is silent, as its rows come and go. */
export class Announcer {
  #region = byId('announcer');
  #heard = [];
  #timer;

  announce(messages) {
    this.#heard.push(...messages.filter(message => !message.own).map(({ name, text }) => `${name}: ${text}`));
    if (this.#heard.length > 0) this.#timer ??= setTimeout(() => this.#read(), atMostEveryMs);
  }

  #read() {
    this.#timer = undefined;
    this.#region.textContent = this.#heard.length === 1 ? this.#heard[0] : `${this.#heard.length} new messages`;
    this.#heard = [];
  }
}
