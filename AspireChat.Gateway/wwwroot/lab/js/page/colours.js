/**
 * Reads colours of the style sheet for a canvas, which knows no custom properties and no `light-dark()`.
 *
 * @param {HTMLElement} host Where the properties are looked up.
 * @returns {(property: string) => string}
 */
export function colourReader(host) {
  return property => {
    const probe = document.createElement('span');
    probe.style.color = `var(${property})`;
    host.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}
