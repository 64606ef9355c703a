/** The element with this id; a page without it is broken, and says so at once. */
export function byId(id) {
  return document.getElementById(id) ?? fail(`The page has no element '${id}'.`);
}

/**
 * A new element. Children that are strings become text, never markup: whatever a user wrote stays what it is.
 *
 * @param {string} tag
 * @param {Record<string, string | boolean>} attributes `class`, `href`, … ; a false one is left out.
 * @param {...(Node | string | null)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) made.setAttribute(name, value === true ? '' : value);
  }

  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

function fail(message) {
  throw new Error(message);
}
