import { Backoff } from './backoff.js';
import { ChatError } from './chat-error.js';
import { pauseMs, whatNext } from './closes.js';
import { Link } from './link.js';
import { Room } from './room.js';
import { watchWake } from './wake.js';

const defaultTimings = {
  welcomeMs: 10_000, // from opening a link to its welcome
  idleSeconds: 20, // of silence before a ping, where the server names no pingSeconds
  answerMs: 5_000, // from a ping to any sign of life
  stableMs: 5_000, // a link that held so long starts the waits anew
  ackMs: 10_000, // from a send to its repeat on the same link
  sendMs: 240_000, // from the first try of a send to giving it up; the servers know its id for 300,000
  closeMs: 5_000, // from the end of a `reconnect` frame's wait to hanging up oneself
};

/**
 * A connection to the chat that lasts: it comes back by itself, and with it every room.
 *
 * Events, each a `CustomEvent` with this `detail`:
 *
 * - `state` `{ state, delayMs?, tries?, close? }`: `idle`, `connecting`, `open`, `waiting` (to reconnect in `delayMs`,
 *   for the `tries`-th time in a row) or `closed`, which is final. `close` is `{ code, reason, because }` of the link
 *   that ended, `because` in words.
 * - `welcome` `{ instance, connection, backplane, limits }`: a link is open, to this instance in this mode.
 * - `backplane` `{ mode }`: the mode was switched while connected.
 * - `reconnect` `{ reason, afterMs }`: the instance asks to go elsewhere, which the client does by itself.
 * - `error` `{ code, message }`: the server did not take something that belongs to no room.
 */
export class AspireChatClient extends EventTarget {
  #url;
  #options;
  #timings;
  #backoff;
  #rooms = new Map();
  #link = null;
  #openSince = 0;
  #moveAt = null;
  #hurriable = true;
  #timer;
  #unwatch;

  /**
   * @param {string | URL} url Where the WebSocket is, such as `wss://chat.example/ws`.
   * @param {object} [options]
   * @param {() => Promise<string>} [options.ticket] Gets a fresh ticket for each link, where the server wants to know
   *   who connects. A browser cannot send a token with a WebSocket, and one in the address would end up in logs.
   * @param {typeof WebSocket} [options.WebSocket] The class to connect with, where there is no global one.
   * @param {() => number} [options.random] In place of `Math.random`.
   * @param {Partial<typeof defaultTimings>} [options.timings] In milliseconds but for `idleSeconds`.
   */
  constructor(url, options = {}) {
    super();
    this.#url = new URL(url, globalThis.location?.href).href;
    this.#options = options;
    this.#timings = { ...defaultTimings, ...options.timings };
    this.#backoff = new Backoff({ random: options.random });
    this.state = 'idle';
    this.instance = null;
    this.connection = null;
    this.backplane = null;
    this.limits = null;
  }

  /** The rooms joined, or about to be, by their names. */
  get rooms() {
    return new Map(this.#rooms);
  }

  /** Connects and stays connected, until {@link close} or a close that is final. Does nothing while it already does so. */
  connect() {
    if (this.state !== 'idle' && this.state !== 'closed') return;

    this.#unwatch = watchWake({ wake: () => this.#woke(), doubt: () => this.#link?.probe() });
    this.#open();
  }

  /** Reconnects now instead of waiting any longer. */
  retry() {
    if (this.state === 'waiting') this.#open();
  }

  /** Ends it all. What was not acknowledged yet is rejected as `closed`. */
  close() {
    const link = this.#link;
    this.#link = null;
    this.#finish('The client was closed.');
    link?.close();
  }

  /**
   * Joins a room, now or as soon as there is a connection, and again after each reconnect.
   *
   * @param {string} room 1 to 64 of `A-Z a-z 0-9 . _ -`.
   * @param {object} options
   * @param {string} options.name Who this is: 1 to 32 characters.
   * @param {number} [options.history] How many messages of before to begin with, 0 to 100; 50 unless given.
   * @param {boolean} [options.presence] Whether to hear who comes and goes; true unless given.
   * @returns {Room}
   */
  join(room, options) {
    if (this.#rooms.has(room)) throw new ChatError('already_joined', `The room '${room}' is already joined; leave it before joining again.`);

    const joined = new Room(this, room, options, this.#timings, this.#options.random);
    this.#rooms.set(room, joined);
    if (this.state === 'open') joined.enter();
    return joined;
  }

  /** @internal */
  transmit(frame) {
    this.#link?.send(frame);
  }

  /** @internal */
  forget(room) {
    if (this.#rooms.get(room.room) === room) this.#rooms.delete(room.room);
  }

  /** @internal A message is missing that the server should have sent: ask for it again, over a new link. */
  resumeAfterGap() {
    this.#link?.close(1006, 'a message was missing');
  }

  async #open() {
    clearTimeout(this.#timer);
    this.#moveAt = null;
    this.#become('connecting');

    let ticket;
    try {
      ticket = await this.#options.ticket?.();
    } catch (error) {
      if (this.state === 'connecting') this.#wait(this.#backoff.next(), { code: 0, reason: String(error), because: 'no ticket was to be had' });
      return;
    }

    if (this.state !== 'connecting') return; // Closed in the meantime.

    const WebSocket = this.#options.WebSocket ?? globalThis.WebSocket;
    const link = this.#link = new Link(WebSocket, this.#url, ticket, this.#timings, {
      onWelcome: frame => this.#welcomed(frame),
      onFrame: frame => this.#received(frame),
      onEnd: close => this.#link === link && this.#ended(close),
    });
  }

  #welcomed({ instance, connection, backplane, limits }) {
    Object.assign(this, { instance, connection, backplane, limits });
    this.#openSince = Date.now();
    this.#become('open');
    this.#tell('welcome', { instance, connection, backplane, limits });
    for (const room of this.#rooms.values()) room.enter();
  }

  #received(frame) {
    switch (frame.type) {
      case 'backplane': return this.#switched(frame);
      case 'reconnect': return this.#move(frame);
      case 'pong': return;
    }

    const room = this.#rooms.get(frame.room);
    if (room) room.receive(frame);
    else if (frame.type === 'error') this.#tell('error', { code: frame.code, message: frame.message });
  }

  #switched({ mode }) {
    this.backplane = mode;
    for (const room of this.#rooms.values()) room.switched();
    this.#tell('backplane', { mode });
  }

  /** The server closes the link itself; should that close be lost, it is hung up here. */
  #move({ reason, afterMs }) {
    this.#moveAt = Date.now() + afterMs;
    const link = this.#link;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => link.close(1001, reason), afterMs + this.#timings.closeMs);
    this.#tell('reconnect', { reason, afterMs });
  }

  #ended({ code, reason }) {
    const { then, because } = whatNext(code);
    const close = { code, reason, because };
    this.#link = null;
    clearTimeout(this.#timer);
    for (const room of this.#rooms.values()) room.suspend();

    if (this.state === 'open' && Date.now() - this.#openSince >= this.#timings.stableMs) this.#backoff.reset();

    // Who was asked to wait so long is not hurried by a page that is looked at.
    this.#hurriable = then !== 'pause' && this.#moveAt === null;

    if (then === 'never') this.#finish(`The connection was closed for good: ${because}.`, close);
    else this.#wait(this.#delay(then), close);
  }

  #delay(then) {
    if (this.#moveAt !== null) return Math.max(0, this.#moveAt - Date.now());

    const delay = this.#backoff.next();
    return then === 'pause' ? pauseMs + delay : delay;
  }

  #wait(delayMs, close) {
    this.#timer = setTimeout(() => this.#open(), delayMs);
    this.#become('waiting', { delayMs, tries: this.#backoff.tries, close });
  }

  #woke() {
    if (this.state === 'open') return this.#link.probe();
    if (this.state !== 'waiting' || !this.#hurriable) return;

    clearTimeout(this.#timer);
    this.#backoff.reset();
    this.#wait(this.#backoff.next());
  }

  #finish(why, close) {
    clearTimeout(this.#timer);
    this.#unwatch?.();
    for (const room of this.#rooms.values()) room.end(new ChatError('closed', why));
    this.#become('closed', { close });
  }

  #become(state, more = {}) {
    this.state = state;
    this.#tell('state', { state, ...more });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
