/** The modes of the backplane in one sentence each, and what a person in the room should be told. */

const sentences = {
  local: 'An instance passes messages only to its own connections. Who is served by another one does not hear you.',
  pubsub: 'All instances pass on what is published for the room. What is said while you are away is gone.',
  stream: 'Each message is stored and has its place in the room. You miss none, even when a connection or an instance dies.',
};

export function modeSentence(mode) {
  return sentences[mode] ?? '';
}

/** A hint to show above the messages, or nothing. */
export function modeHint(mode, instance) {
  return mode === 'local' ? `Only people served by ${instance} hear each other now. Others in this room may not see you.` : '';
}
