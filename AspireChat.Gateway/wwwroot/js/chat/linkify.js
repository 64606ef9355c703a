const address = /https?:\/\/[^\s<>"']+/gi;
const trailing = /[.,;:!?)\]}]+$/; // Ends the sentence rather than the address.

/** A text in pieces: `{ text }` and `{ text, href }`. Only http and https become links. */
export function linkify(text) {
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const found = match[0].replace(trailing, '');
    const href = parsed(found);
    if (!href) continue;

    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: found, href });
    end = match.index + found.length;
  }

  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

function parsed(text) {
  try {
    return new URL(text).href;
  } catch {
    return null;
  }
}
