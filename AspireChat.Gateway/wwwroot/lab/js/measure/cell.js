/**
 * What became of one message at one client: a verdict in the low bits, and what else there is to say about it as flags.
 * Numbers, because a minute under load has a million of them.
 */
export const Verdict = Object.freeze({
  /** Not here yet, and not too late yet. */
  Pending: 0,
  /** Received while the client was connected, within the time. */
  Received: 1,
  /** The client was away when it was sent and got it on its return. */
  Resumed: 2,
  /** Was counted as missed, and came after all. */
  Late: 3,
  /** Not received within the time after the message was acknowledged. */
  Missed: 4,
  /** Nothing is owed: the client was removed, or the message was never accepted. */
  Excused: 5,
});

export const Flag = Object.freeze({
  /** Came more than once. */
  Repeated: 8,
  /** Came after a message that follows it. */
  Reordered: 16,
});

const verdictBits = 7;

/** @param {number} cell */
export const verdictOf = cell => cell & verdictBits;

/** @param {number} cell @param {number} verdict The flags stay. */
export const withVerdict = (cell, verdict) => (cell & ~verdictBits) | verdict;

/** @param {number} cell */
export const isDelivered = cell => {
  const verdict = cell & verdictBits;
  return verdict === Verdict.Received || verdict === Verdict.Resumed || verdict === Verdict.Late;
};
