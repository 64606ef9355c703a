/**
 * What went wrong, as the server's `error` frame has it (`bad_text`, `id_conflict`, `forbidden`, …), or one of the
 * client's own codes: `expired` (no answer for so long that a repeat could be delivered twice; the message may or may
 * not be there), `left` (the room was left), `closed` (the client was closed, or the server wants no reconnect).
 */
export class ChatError extends Error {
  constructor(code, message) {
    super(message);
    this.name = 'ChatError';
    this.code = code;
  }
}
