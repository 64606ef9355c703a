const randomBytes = 16; // 128 bits; the protocol asks for 96 or more.

/** A new id for a message: what makes repeating it harmless. */
export function newMessageId() {
  const bytes = crypto.getRandomValues(new Uint8Array(randomBytes));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
