import { OrderCheck } from './order-check.js';

/** What the ledger knows of one of the page's clients. */
export class ClientRecord {
  /** The instance that serves it now, or did last. @type {string | null} */
  instance = null;

  /** Whether it is in the room at this moment. */
  present = false;

  /** When it last came into the room. @type {number | null} */
  joinedAt = null;

  /** How often it has come into the room: more than once means that it has been away. */
  joins = 0;

  /** The epoch of its position; null in the modes that have none. @type {string | null} */
  epoch = null;

  /** So many messages arrived here. */
  received = 0;

  /** So many messages are missing here now. */
  missed = 0;

  order = new OrderCheck();

  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }

  /** Whether a message sent at this time was sent while the client was away, so that it can only have come by resume. */
  wasAwayAt(sentAt) {
    return this.joins > 1 && sentAt < this.joinedAt;
  }
}
