const words = {
  bad_text: 'The server does not take this text.',
  id_conflict: 'It was sent before with another text.',
  expired: 'No answer came for so long that it may or may not have arrived.',
  closed: 'There is no connection any more.',
  left: 'The room was left before it was confirmed.',
  unauthorized: 'You are not signed in.',
  forbidden: 'You may not write here.',
};

/** Why a message was not sent, for the person who wrote it. */
export function sendProblem({ code, message }) {
  return words[code] ?? message;
}
