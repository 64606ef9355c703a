import { Backoff } from './backoff.js';
import { ChatError } from './chat-error.js';

const retryable = new Set(['unavailable', 'rate_limited', 'not_joined']);
const afterRateLimitMs = 1_000;

/**
 * What is to be sent to one room, in order: the first is under way, the others wait for its acknowledgement. It is
 * repeated with the same id until the server answers, on this link or the next.
 *
 * The servers know an id for 5 minutes. A message is therefore given up in time before that, counted from its first
 * try: a later repeat could be delivered twice.
 */
export class Outbox {
  #transmit;
  #timings;
  #backoff;
  #queue = [];
  #ready = false;
  #underWay = false;
  #timer;

  constructor(transmit, timings, random) {
    this.#transmit = transmit;
    this.#timings = timings;
    this.#backoff = new Backoff({ capMs: 5_000, random });
  }

  add(id, text) {
    return new Promise((resolve, reject) => {
      this.#queue.push({ id, text, resolve, reject, firstTry: null });
      this.#pump();
    });
  }

  /** The room is joined: go on. */
  resume() {
    this.#ready = true;
    this.#pump();
  }

  /** The link is gone, and with it perhaps the answer. */
  suspend() {
    this.#ready = false;
    this.#rest();
  }

  /** The message is there: by its acknowledgement, or because it was seen in the room. */
  arrived({ id, offset, epoch }) {
    if (this.#queue[0]?.id !== id) return;

    const { resolve } = this.#queue.shift();
    this.#backoff.reset();
    resolve(offset === undefined ? { id } : { id, offset, epoch });
    this.#rest();
    this.#pump();
  }

  refused({ id, code, message }) {
    if (this.#queue[0]?.id !== id) return;

    this.#rest();
    if (retryable.has(code)) {
      const wait = this.#backoff.next() + (code === 'rate_limited' ? afterRateLimitMs : 0);
      this.#timer = setTimeout(() => this.#pump(), wait);
      return;
    }

    this.#queue.shift().reject(new ChatError(code, message));
    this.#pump();
  }

  close(error) {
    this.suspend();
    for (const { reject } of this.#queue.splice(0)) reject(error);
  }

  #pump() {
    clearTimeout(this.#timer);
    this.#giveUpExpired();

    const [first] = this.#queue;
    if (!first || !this.#ready || this.#underWay) return;

    this.#underWay = true;
    first.firstTry ??= Date.now();
    this.#transmit(first.id, first.text);
    this.#timer = setTimeout(() => this.#again(), this.#timings.ackMs);
  }

  #again() {
    this.#rest();
    this.#pump();
  }

  #rest() {
    this.#underWay = false;
    clearTimeout(this.#timer);
  }

  #giveUpExpired() {
    const [first] = this.#queue;
    if (first?.firstTry == null || Date.now() - first.firstTry < this.#timings.sendMs) return;

    this.#rest();
    this.#queue.shift().reject(new ChatError('expired', 'The message was not confirmed in time; it may or may not have been delivered.'));
  }
}
