import { Backoff } from './backoff.js';
import { ChatError } from './chat-error.js';
import { newMessageId } from './message-id.js';
import { Outbox } from './outbox.js';
import { View } from './view.js';

const tryJoinAgain = new Set(['unavailable', 'rate_limited']);
const typingEveryMs = 2_000;

/**
 * One room as one user sees it, over however many connections that takes. Made by {@link AspireChatClient#join}.
 *
 * Events, each a `CustomEvent` with this `detail`:
 *
 * - `joined` `{ reset, recovered, missed, messages }`: the room is joined, for the first time or again. With `reset`,
 *   forget what was shown and show `messages`; otherwise append them. `recovered`: nothing was lost in between.
 *   `missed`: something may have been, and the server keeps no history that could tell.
 * - `message` `{ id, name, text, at, instance, offset?, own }`: one message, each exactly once.
 * - `resync` `{ messages, switched }`: continuity was lost; forget what was shown and show `messages`. With `switched`
 *   the cause is a change of mode, not a loss.
 * - `presence` `{ event, name?, members }`: someone came or went; `members` is the count.
 * - `typing` `{ name }`.
 * - `refused` `{ code, message }`: the server does not let this user in; the room is over.
 * - `error` `{ code, message }`: something else that the server did not take.
 *
 * `state` is `joining`, `joined`, `refused` or `left`; `position` is `{ epoch, offset }` of the last message taken, null
 * in modes that have none; `members` holds the names known (the server names at most 100), `memberCount` counts all.
 */
export class Room extends EventTarget {
  #client;
  #options;
  #outbox;
  #view = new View();
  #joinBackoff;
  #joinTimer;
  #typedAt = -Infinity;
  #ready;
  #settle;

  /** @internal */
  constructor(client, room, options, timings, random) {
    super();
    this.#client = client;
    this.#options = options;
    this.room = room;
    this.name = options.name;
    this.state = 'joining';
    this.members = new Set();
    this.memberCount = 0;
    this.#joinBackoff = new Backoff({ random });
    this.#outbox = new Outbox((id, text) => client.transmit({ type: 'send', room, id, text }), timings, random);
    this.#ready = new Promise((resolve, reject) => this.#settle = { resolve, reject });
    this.#ready.catch(() => {}); // Whoever wants to know awaits it; nobody has to.
  }

  /** Resolved when the room is joined for the first time, rejected with a {@link ChatError} when it never will be. */
  get ready() {
    return this.#ready;
  }

  get position() {
    return this.#view.position;
  }

  /**
   * Sends a message. Resolved with `{ id, offset?, epoch? }` once the server has it, rejected with a {@link ChatError}
   * if it does not want it; until then it is repeated, over reconnects too. Give an `id` of {@link newMessageId} to
   * know the message by before it is there, or to try again what was rejected as `expired`.
   */
  send(text, { id = newMessageId() } = {}) {
    return this.state === 'joining' || this.state === 'joined'
      ? this.#outbox.add(id, text)
      : Promise.reject(new ChatError('left', `The room '${this.room}' is not joined; join it before sending to it.`));
  }

  /** Tells the others that this user is typing. Call it with each key: it is sent once in 2 s at most. */
  typing() {
    const now = Date.now();
    if (this.state !== 'joined' || now - this.#typedAt < typingEveryMs) return;

    this.#typedAt = now;
    this.#client.transmit({ type: 'typing', room: this.room });
  }

  /** Leaves for good. What was not acknowledged yet is rejected as `left`. */
  leave() {
    if (this.state === 'joined') this.#client.transmit({ type: 'leave', room: this.room });
    this.#over('left', new ChatError('left', `The room '${this.room}' was left before the message was confirmed.`));
  }

  /** @internal The link is up: come in. */
  enter() {
    const { name, history, presence } = this.#options;
    const since = this.#view.since;
    this.#client.transmit({ type: 'join', room: this.room, name, history, presence, ...(since && { since }) });
  }

  /** @internal The link is gone. */
  suspend() {
    clearTimeout(this.#joinTimer);
    this.#outbox.suspend();
    this.state = 'joining';
  }

  /** @internal The mode was switched: positions of the old one mean nothing in the new one. */
  switched() {
    this.#view.switched();
  }

  /** @internal The client ends. */
  end(error) {
    this.#over('left', error);
  }

  /** @internal */
  receive(frame) {
    switch (frame.type) {
      case 'joined': return this.#joined(frame);
      case 'error': return this.#error(frame);
    }

    // What still comes for an earlier stay in the room is not for this one.
    if (this.state !== 'joined') return;

    switch (frame.type) {
      case 'message': return this.#message(frame);
      case 'ack': return this.#outbox.arrived(frame);
      case 'resync': return this.#tell('resync', this.#marked(this.#view.resync(frame)));
      case 'presence': return this.#presence(frame);
      case 'typing': return this.#tell('typing', { name: frame.name });
    }
  }

  #joined(frame) {
    this.state = 'joined';
    this.#joinBackoff.reset();
    this.members = new Set((frame.members ?? []).map(member => member.name));
    this.memberCount = frame.memberCount ?? this.members.size;

    const detail = this.#marked(this.#view.joined(frame));
    this.#tell('joined', detail);
    this.#settle.resolve(this);
    // After the view: what was sent before the link broke may be among what was missed, and need not be sent again.
    for (const message of detail.messages) this.#seen(message);
    this.#outbox.resume();
  }

  #message(frame) {
    const taken = this.#view.take(frame);
    if (taken === 'gap') return this.#client.resumeAfterGap();
    if (!taken) return;

    const message = this.#mark(frame);
    this.#tell('message', message);
    this.#seen(message);
  }

  /** An own message in the room is as good as its acknowledgement, which may have been lost with a link. */
  #seen({ own, id, offset }) {
    if (own) this.#outbox.arrived({ id, offset, epoch: this.position?.epoch });
  }

  #presence({ event, name, members }) {
    if (event === 'joined') this.members.add(name);
    if (event === 'left') this.members.delete(name);
    this.memberCount = members;
    this.#tell('presence', { event, name, members });
  }

  #error({ id, code, message }) {
    if (id) return this.#outbox.refused({ id, code, message });
    if (this.state !== 'joining') return this.#tell('error', { code, message });

    if (tryJoinAgain.has(code)) {
      this.#joinTimer = setTimeout(() => this.enter(), this.#joinBackoff.next());
      return;
    }

    const error = new ChatError(code, message);
    this.#over('refused', error);
    this.#tell('refused', { code, message });
  }

  #over(state, error) {
    if (this.state === 'left' || this.state === 'refused') return;

    clearTimeout(this.#joinTimer);
    this.state = state;
    this.#outbox.close(error);
    this.#settle.reject(error);
    this.#client.forget(this);
  }

  #mark(message) {
    return { ...message, own: message.name === this.name };
  }

  #marked(detail) {
    return { ...detail, messages: detail.messages.map(message => this.#mark(message)) };
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
