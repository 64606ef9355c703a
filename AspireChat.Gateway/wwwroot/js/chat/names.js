/** What the protocol asks of names and rooms, said kindly and before the server has to. */

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
const roomName = /^[A-Za-z0-9._-]{1,64}$/;

export function tidyName(text) {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ');
}

export function nameProblem(name) {
  if (name.length === 0) return 'Please tell who you are.';
  if (name.length > 32) return 'A name has at most 32 characters.';
  if (invisible.test(name)) return 'A name has no invisible characters.';
  return '';
}

/** A room's name from what someone typed: a leading # is dropped, spaces become dashes. */
export function tidyRoom(text) {
  return text.trim().replace(/^#/, '').replace(/\s+/g, '-');
}

export function roomProblem(room) {
  if (room.length === 0) return 'Please name a room.';
  if (room.length > 64) return 'A room’s name has at most 64 characters.';
  if (!roomName.test(room)) return 'A room’s name is made of letters A–Z, digits, dot, dash and underscore.';
  return '';
}
