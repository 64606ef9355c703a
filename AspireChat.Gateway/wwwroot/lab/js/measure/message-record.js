/** What the ledger knows of one message that the page sent. */
export class MessageRecord {
  /** When its acknowledgement came. @type {number | null} */
  ackedAt = null;

  /** Why it was given up; null while it was not. @type {string | null} */
  failure = null;

  /** Its place; undefined in the modes that have none. @type {number | undefined} */
  offset = undefined;

  /** Goes up with each change, so that a view can tell whether it has drawn it already. */
  version = 0;

  /**
   * @param {string} id
   * @param {string} sender The client that sent it.
   * @param {number} number Counts the sender's messages.
   * @param {string | null} instance The instance that served the sender then.
   * @param {string | null} mode The mode of the backplane then.
   * @param {number} sentAt
   * @param {import('./roster.js').Roster} roster Whom it is owed to.
   */
  constructor(id, sender, number, instance, mode, sentAt, roster) {
    this.id = id;
    this.sender = sender;
    this.number = number;
    this.instance = instance;
    this.mode = mode;
    this.sentAt = sentAt;
    this.roster = roster;

    /** By the roster's index; see cell.js. */
    this.cells = new Uint8Array(roster.clients.length);

    /** Milliseconds from the send to the receipt, by the same index. */
    this.latencies = new Float32Array(roster.clients.length);

    /** How many clients have not received it and may still. */
    this.pending = roster.clients.length;
  }
}
