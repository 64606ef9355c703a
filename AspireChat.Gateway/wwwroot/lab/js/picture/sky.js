import { colourReader } from '../page/colours.js';
import { pointOn } from './geometry.js';

const trail = [0.09, 0.06, 0.03, 0]; // How far behind the head each copy follows, as a part of the way.
const ease = t => (t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) * (1 - t));

/** Two canvases: on one the threads between the parts of the picture, drawn once; on the other the dots that travel on them. */
export class Sky {
  #canvas;
  #threads;
  #context;
  #size = 1;
  /** @type {(colour: string) => HTMLCanvasElement} */
  #sprite;

  /** @param {HTMLCanvasElement} canvas @param {HTMLCanvasElement} threads */
  constructor(canvas, threads) {
    this.#canvas = canvas;
    this.#threads = threads;
    this.#context = canvas.getContext('2d');
  }

  /**
   * Draws the threads anew: after a change of layout or of colours.
   * @param {import('./geometry.js').Geometry} geometry
   * @param {Iterable<{ from: string, to: string, dashed: boolean, cut: boolean }>} threads
   * @param {number} size Of a dot; 1 is that of few.
   */
  prepare(geometry, threads, size) {
    this.#size = size;
    const scale = Math.min(devicePixelRatio, 2);
    for (const canvas of [this.#canvas, this.#threads]) {
      canvas.width = Math.round(geometry.width * scale);
      canvas.height = Math.round(geometry.height * scale);
    }

    const colourOf = colourReader(this.#canvas.parentElement);
    this.#sprite = remembered(colour => glow(colourOf(colour), scale));
    const context = this.#threads.getContext('2d');
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const [whole, broken] = [colourOf('--thread'), colourOf('--bad')];
    for (const { from, to, dashed, cut } of threads) {
      const curve = geometry.curve(from, to);
      context.strokeStyle = cut ? broken : whole;
      context.lineWidth = cut ? 2 : 1;
      if (curve) stroke(context, curve, dashed || cut);
    }

    this.#context.setTransform(scale, 0, 0, scale, 0, 0);
  }

  /** @param {Iterable<{ from: string, to: string, colour: string, progress: number }>} moving */
  paint(geometry, moving) {
    const context = this.#context;
    context.clearRect(0, 0, geometry.width, geometry.height);
    for (const { from, to, colour, progress } of moving) {
      const curve = geometry.curve(from, to);
      if (curve) this.#dot(curve, progress, this.#sprite(colour));
    }
  }

  #dot(curve, progress, sprite) {
    trail.forEach((behind, index) => {
      if (progress < behind) return;

      const { x, y } = pointOn(curve, ease(progress - behind));
      const size = (12 + 4 * index) * this.#size;
      this.#context.globalAlpha = (index + 1) / trail.length;
      this.#context.drawImage(sprite, x - size / 2, y - size / 2, size, size);
    });
    this.#context.globalAlpha = 1;
  }
}

function stroke(context, { x0, y0, x1, y1, x2, y2, x3, y3 }, dashed) {
  context.setLineDash(dashed ? [3, 6] : []);
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x1, y1, x2, y2, x3, y3);
  context.stroke();
}

/** A dot with a halo, drawn once and copied from then on. */
function glow(colour, scale) {
  const size = 48 * scale;
  const sprite = document.createElement('canvas');
  sprite.width = sprite.height = size;
  const context = sprite.getContext('2d');
  const fade = context.createRadialGradient(size / 2, size / 2, 0, size / 2, size / 2, size / 2);
  fade.addColorStop(0, colour);
  fade.addColorStop(0.34, colour);
  fade.addColorStop(0.42, withAlpha(colour, 0.35));
  fade.addColorStop(1, withAlpha(colour, 0)); // Not `transparent`, which is black, and would show halfway.
  context.fillStyle = fade;
  context.fillRect(0, 0, size, size);
  return sprite;
}

/** @param {string} colour As a style is computed: `rgb(…)`. */
const withAlpha = (colour, alpha) => colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${alpha})`);

function remembered(make) {
  const made = new Map();
  return key => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key);
  };
}
