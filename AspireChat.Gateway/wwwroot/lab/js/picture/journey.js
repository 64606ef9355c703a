import { Verdict } from '../measure/cell.js';

const resumedColour = '--resumed';
const toInstance = name => `instance:${name}`;
const toClient = name => `client:${name}`;

/**
 * The way of one message as the picture shows it: up from its sender to the instance and on to Redis, down to the
 * instances, out to the clients. The ways down come only as deliveries are reported, so what does not arrive is not drawn.
 */
export class Journey {
  /** @type {{ from: string, to: string, begin: number, kind: 'message' | 'resumed', verdict?: number, milliseconds?: number, arrived: boolean }[]} */
  #legs = [];
  /** When the message is at the instance, by instance and kind. @type {Map<string, number>} */
  #atInstance = new Map();
  #turn;
  #legTime;

  /**
   * @param {{ client: string, instance: string, mode: string }} sent
   * @param {number} now
   * @param {{ colour: string, legTime: number }} look The colour is that of the instance that took it in, the time that
   *   of one leg in milliseconds: in truth the whole way takes a few, and nobody could see that.
   */
  constructor({ client, instance, mode }, now, { colour, legTime }) {
    this.colour = colour;
    this.#legTime = legTime;
    this.#add(toClient(client), toInstance(instance), now, 'message');
    this.crosses = mode !== 'local';
    this.#turn = now + this.#legTime;
    if (this.crosses) {
      this.#add(toInstance(instance), 'redis', this.#turn, 'message');
      this.#turn += this.#legTime;
    }
  }

  /** @param {{ client: string, instance: string, verdict: number, milliseconds: number }} delivery */
  delivered({ client, instance, verdict, milliseconds }, now) {
    const kind = verdict === Verdict.Received ? 'message' : 'resumed';
    const begin = Math.max(now, this.#turn, this.crosses ? this.#arrivalAt(instance, kind, now) : 0);
    this.#add(toInstance(instance), toClient(client), begin, kind, { verdict, milliseconds });
  }

  /** What is on its way at this time. */
  *moving(now) {
    for (const leg of this.#legs) {
      if (now >= leg.begin && now < leg.begin + this.#legTime) yield { ...leg, colour: leg.kind === 'resumed' ? resumedColour : this.colour, progress: (now - leg.begin) / this.#legTime };
    }
  }

  /** The legs that have come to their end since the last call. */
  *arrivals(now) {
    for (const leg of this.#legs) {
      if (leg.arrived || now < leg.begin + this.#legTime) continue;
      leg.arrived = true;
      yield leg;
    }
  }

  isOver(now) {
    return this.#legs.every(leg => leg.arrived) && now > this.#turn + this.#legTime;
  }

  #arrivalAt(instance, kind, now) {
    const key = `${instance} ${kind}`;
    if (!this.#atInstance.has(key)) {
      const begin = Math.max(now, this.#turn);
      this.#add('redis', toInstance(instance), begin, kind);
      this.#atInstance.set(key, begin + this.#legTime);
    }

    return this.#atInstance.get(key);
  }

  #add(from, to, begin, kind, delivery = {}) {
    this.#legs.push({ from, to, begin, kind, arrived: false, ...delivery });
  }
}
