import { Geometry } from './geometry.js';
import { Journey } from './journey.js';
import { Sky } from './sky.js';
import { Stage } from './stage.js';

const legTime = 520; // Milliseconds.
const fewJourneys = 3;
const crowd = 18; // Clients, from which on dots are smaller.

/** The picture: keeps the stage as the reports say, and shows the messages that travel across it. */
export class Picture {
  #element;
  #stage;
  #sky;
  #geometry = new Geometry();
  /** @type {Map<string, Journey>} */
  #journeys = new Map();
  /** When a mark ends: a timer by instance, that of Redis by null. @type {Map<string | null, number>} */
  #marks = new Map();
  #still = matchMedia('(prefers-reduced-motion: reduce)');
  #mode = null;
  #stale = true;
  #asleep = false;
  #frame = 0;

  /**
   * @param {HTMLElement} element
   * @param {{ onSpeak(name: string): void, onRemove(name: string): void }} actions
   */
  constructor(element, actions) {
    const part = selector => element.querySelector(selector);
    this.#element = element;
    this.#sky = new Sky(part('.sky'), part('.threads'));
    this.#stage = new Stage({ redis: part('.redis'), instances: part('.instances'), groups: part('.groups') }, actions);
    new ResizeObserver(() => this.#redraw()).observe(element);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#redraw());
  }

  showInstances(instances) {
    if (this.#stage.showInstances(instances)) this.#redraw();
  }

  /** @param {{ mode: string | null, clients: object[], travels: object[] }} report */
  show({ mode, clients, travels }) {
    const switched = mode !== this.#mode;
    this.#mode = mode;
    if (switched) this.#element.dataset.mode = mode;
    if (this.#stage.showClients(clients) || switched) this.#redraw();

    // Nobody looks, and journeys would pile up. What was under way then has long arrived when somebody looks again.
    if (document.hidden) {
      this.#asleep = true;
      return;
    }

    if (this.#asleep) {
      this.#asleep = false;
      this.forget();
    }

    const now = performance.now();
    for (const travel of travels) this.#follow(travel, now);
    if (this.#journeys.size > 0) this.#nextFrame();
  }

  /**
   * Shows for a while what was done, and where.
   * @param {import('../page/faults.js').faults[number]} fault
   * @param {string[]} instances
   */
  showFault({ at, sign, shown }, instances) {
    for (const instance of at === 'redis' ? [null] : instances) this.#mark(instance, sign, shown * 1000);
  }

  /** The counting begins anew: nothing of before is awaited any more. */
  forget() {
    this.#journeys.clear();
    for (const chip of this.#stage.chips.values()) chip.forget();
    this.#redraw();
  }

  #mark(instance, sign, duration) {
    this.#stage.showFault(instance, sign);
    this.#redraw();
    clearTimeout(this.#marks.get(instance));
    this.#marks.set(instance, setTimeout(() => {
      this.#stage.showFault(instance, null);
      this.#redraw();
    }, duration));
  }

  #follow(travel, now) {
    switch (travel.event) {
      case 'sent':
        if (this.#journeys.size < fewJourneys) this.#stage.chips.get(travel.client)?.spoke(); // Of many at once it would say nothing.
        this.#journeys.set(travel.id, new Journey(travel, now, this.#lookOf(travel)));
        for (const chip of this.#stage.chips.values()) chip.awaits(travel.id);
        return;
      case 'delivered':
        this.#deliver(travel, now);
        return;
      case 'missed':
        this.#stage.chips.get(travel.client)?.noLongerAwaits(travel.id);
        return;
      case 'over':
        for (const chip of this.#stage.chips.values()) chip.noLongerAwaits(travel.id);
    }
  }

  #deliver(travel, now) {
    // Its way up was shown long ago: what comes so late begins where it was kept.
    let journey = this.#journeys.get(travel.id);
    if (!journey) {
      const sent = { client: travel.sender, instance: travel.instance, mode: this.#mode };
      journey = new Journey(sent, now - 2 * legTime, this.#lookOf(travel));
      this.#journeys.set(travel.id, journey);
    }

    journey.delivered(travel, now);
  }

  /** Who wants no motion sees the arrivals at once. */
  #lookOf({ instance }) {
    return { colour: this.#stage.colourOf(instance), legTime: this.#still.matches ? 0 : legTime };
  }

  #redraw() {
    this.#stale = true;
    this.#nextFrame();
  }

  #nextFrame() {
    if (!this.#frame) this.#frame = requestAnimationFrame(now => this.#draw(now));
  }

  #draw(now) {
    this.#frame = 0;
    if (this.#stale) {
      this.#stale = false;
      this.#geometry.measure(this.#element, this.#stage.anchors());
      this.#sky.prepare(this.#geometry, this.#stage.threads(this.#mode), this.#stage.chips.size > crowd ? 0.6 : 1);
    }

    const moving = [];
    for (const [id, journey] of this.#journeys) {
      moving.push(...journey.moving(now));
      for (const leg of journey.arrivals(now)) this.#arrive(id, leg);
      if (journey.isOver(now)) this.#journeys.delete(id);
    }

    this.#sky.paint(this.#geometry, moving);
    if (this.#journeys.size > 0) this.#nextFrame();
  }

  #arrive(id, { to, verdict, milliseconds }) {
    const [kind, name] = to.split(':');
    if (kind === 'client') this.#stage.chips.get(name)?.arrived(id, verdict, milliseconds);
  }
}
