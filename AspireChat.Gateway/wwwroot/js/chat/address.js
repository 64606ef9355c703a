/** What the page's address asks for: `/?room=lobby&name=Ann`, or `/#lobby`. */
export function readAddress({ search, hash } = location) {
  const asked = new URLSearchParams(search);
  return { room: asked.get('room') ?? decoded(hash.slice(1)), name: asked.get('name') ?? '' };
}

/** Makes the address lead back to this room, so that a reload, a bookmark or a copied link does. */
export function showRoomInAddress(room) {
  if (readAddress().room !== room) history.replaceState(null, '', `/#${room}`);
}

/** The address of the page itself, without a room. */
export function leaveAddress() {
  history.replaceState(null, '', '/');
}

/** Where the WebSocket is: at the server that the page came from. */
export function chatAddress({ protocol, host } = location) {
  return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/ws`;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return ''; // A stray percent sign.
  }
}
