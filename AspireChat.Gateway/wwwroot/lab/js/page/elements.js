/** @param {string} id @returns {HTMLElement} */
export const byId = id => document.getElementById(id);

/**
 * Makes an element. Text is set as text and never as markup.
 * @param {string} tag
 * @param {Record<string, string | boolean | EventListener>} [settings] Attributes; `text`; functions become listeners.
 * @param {...Node} children
 */
export function make(tag, settings = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (name === 'text') element.textContent = value;
    else if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false) element.setAttribute(name, value);
  }

  element.append(...children);
  return element;
}

/** Writes only what differs: a write that changes nothing still costs the browser a look. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {string | null} value Null removes it. */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
