const tracedAtOnce = 8;
const forgottenAfter = 10_000; // Milliseconds; a return after a drain or a kill is well within it.
const pause = 140; // Milliseconds between two: under load more than that is a blur.

/**
 * Observes the ledger and picks the messages whose way is shown in the picture: all of them while they are few, a sample
 * under load.
 */
export class TravelSampler {
  /** @type {Map<string, number>} When each was sent. */
  #traced = new Map();
  #last = -Infinity;
  #events = [];

  sent(record) {
    if (this.#traced.size >= tracedAtOnce && record.sentAt - this.#last < pause) return;

    this.#last = record.sentAt;
    this.#traced.set(record.id, record.sentAt);
    const { id, sender, instance, mode } = record;
    this.#events.push({ event: 'sent', id, client: sender, instance, mode });
  }

  delivered(record, client, milliseconds, verdict) {
    this.#note('delivered', record, client, { milliseconds, verdict });
  }

  missed(record, client) {
    this.#note('missed', record, client);
  }

  /** What happened to the sampled messages since the last call. */
  take(now) {
    this.#forgetBefore(now - forgottenAfter);
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #note(event, { id, sender }, client, details) {
    if (this.#traced.has(id)) {
      this.#events.push({ event, id, sender, client: client.name, instance: client.instance, ...details });
    }
  }

  #forgetBefore(time) {
    for (const [id, sentAt] of this.#traced) {
      if (sentAt >= time) return;
      this.#traced.delete(id);
      this.#events.push({ event: 'over', id });
    }
  }
}
