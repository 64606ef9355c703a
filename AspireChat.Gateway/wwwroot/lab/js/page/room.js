/**
 * The room that the clients share: one of its own for each page, so that two people's experiments do not mix, or that of
 * the address. Shows it as a link to the chat page, where a person may join in.
 *
 * @param {HTMLAnchorElement} link
 */
export function showRoom(link) {
  const asked = new URLSearchParams(location.search).get('room');
  const room = /^[\w.-]{1,64}$/.test(asked ?? '') ? asked : `lab-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
  link.textContent = room;
  link.href = `/?room=${room}`;
  return room;
}
