/** What the ledger counts. A delivery is one message at one client. */
export class Totals {
  /** Messages sent. */
  sent = 0;
  /** Messages that a chat server acknowledged. */
  acknowledged = 0;
  /** Messages that were refused or given up. */
  failed = 0;
  /** Deliveries owed and not yet due. */
  pending = 0;
  /** Deliveries that happened, however late. */
  delivered = 0;
  /** Of these: the client had been away, and got it on its return. */
  resumed = 0;
  /** Of these: came after it had counted as missed. */
  late = 0;
  /** Deliveries that are missing now. */
  missed = 0;
  /** Receipts too many. */
  repeated = 0;
  /** Receipts out of order. */
  reordered = 0;
}
