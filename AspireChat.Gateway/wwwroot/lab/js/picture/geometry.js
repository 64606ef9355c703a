/**
 * Where things are in the picture, and the curves between them. Positions are those of the layout: an element that is
 * still sliding to its place is taken to be there already.
 */
export class Geometry {
  /** @type {Map<string, { x: number, top: number, bottom: number }>} */
  #places = new Map();

  /** @param {HTMLElement} picture The offset parent of all. @param {Iterable<[string, HTMLElement]>} elements By anchor. */
  measure(picture, elements) {
    this.width = picture.clientWidth;
    this.height = picture.clientHeight;
    this.#places.clear();
    for (const [anchor, element] of elements) this.#places.set(anchor, place(element, picture));
  }

  has(anchor) {
    return this.#places.has(anchor);
  }

  /** From the upper side of the lower one to the lower side of the upper one, whichever way it is travelled. */
  curve(from, to) {
    const a = this.#places.get(from);
    const b = this.#places.get(to);
    if (!a || !b) return null;

    const rising = a.top > b.top;
    const [y0, y1] = rising ? [a.top, b.bottom] : [a.bottom, b.top];
    const middle = (y0 + y1) / 2;
    return { x0: a.x, y0, x1: a.x, y1: middle, x2: b.x, y2: middle, x3: b.x, y3: y1 };
  }
}

/** The point of a cubic curve at `t`, from 0 to 1. */
export function pointOn({ x0, y0, x1, y1, x2, y2, x3, y3 }, t) {
  const u = 1 - t;
  const a = u * u * u;
  const b = 3 * u * u * t;
  const c = 3 * u * t * t;
  const d = t * t * t;
  return { x: a * x0 + b * x1 + c * x2 + d * x3, y: a * y0 + b * y1 + c * y2 + d * y3 };
}

function place(element, picture) {
  let left = 0;
  let top = 0;
  for (let at = element; at && at !== picture; at = at.offsetParent) {
    left += at.offsetLeft;
    top += at.offsetTop;
  }

  return { x: left + element.offsetWidth / 2, top, bottom: top + element.offsetHeight };
}
