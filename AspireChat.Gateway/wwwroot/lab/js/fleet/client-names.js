/** Short, so that 60 of them fit as columns; unlike each other, so that a room can say "the owl missed it". */
const names = Object.freeze([
  'fox', 'owl', 'bee', 'elk', 'cat', 'yak', 'hen', 'ram', 'jay', 'cod',
  'ant', 'bat', 'cow', 'doe', 'eel', 'emu', 'gnu', 'hog', 'ibis', 'kid',
  'koi', 'lark', 'mole', 'newt', 'orca', 'pug', 'rook', 'seal', 'toad', 'vole',
  'wasp', 'ape', 'boa', 'crab', 'dove', 'duck', 'frog', 'goat', 'gull', 'hare',
  'hawk', 'ibex', 'kiwi', 'lion', 'loon', 'lynx', 'moth', 'mule', 'pony', 'puma',
  'swan', 'tern', 'tuna', 'wolf', 'wren', 'auk', 'crow', 'deer', 'fawn', 'kea',
]);

export const mostClients = names.length;

/**
 * @param {(name: string) => boolean} isTaken
 * @returns {string | undefined} The first name that is free.
 */
export const freeName = isTaken => names.find(name => !isTaken(name));
