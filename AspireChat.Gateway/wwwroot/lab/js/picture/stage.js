import { Lanes } from '../../../js/chat/lanes.js';
import { make, setAttribute, setText } from '../page/elements.js';
import { Chip } from './chip.js';

/** The parts of the picture as elements: a column for each instance, and in it the clients that it serves. */
export class Stage {
  /** @type {Map<string, Chip>} */
  chips = new Map();
  /** @type {Map<string, { node: HTMLElement, group: HTMLElement }>} */
  #columns = new Map();
  #lanes = new Lanes();
  /** What was just done to a node. @type {Map<HTMLElement, string>} */
  #faults = new Map();
  #parts;
  #actions;

  /**
   * @param {{ redis: HTMLElement, instances: HTMLElement, groups: HTMLElement }} parts
   * @param {{ onSpeak(name: string): void, onRemove(name: string): void }} actions
   */
  constructor(parts, actions) {
    this.#parts = parts;
    this.#actions = actions;
  }

  /** Every element that a thread can begin or end at. */
  *anchors() {
    yield ['redis', this.#parts.redis];
    for (const [name, { node }] of this.#columns) yield [`instance:${name}`, node];
    for (const [name, chip] of this.chips) yield [`client:${name}`, chip.element];
  }

  /** The colour of an instance's lane, as a name for the style sheet. */
  colourOf(instance) {
    return /--lane-\d+/.exec(this.#lanes.colourOf(instance))[0];
  }

  /** The threads between them. @param {string | null} mode */
  *threads(mode) {
    const paused = this.#faults.has(this.#parts.redis);
    for (const [name, { node }] of this.#columns) {
      yield { from: `instance:${name}`, to: 'redis', dashed: mode === 'local', cut: paused || this.#faults.has(node) };
    }

    for (const [name, { element }] of this.chips) {
      const instance = element.parentElement?.dataset.instance;
      if (instance) yield { from: `client:${name}`, to: `instance:${instance}`, dashed: element.dataset.state === 'away', cut: false };
    }
  }

  /** Marks an instance, or Redis for null, with what was done to it; null for the sign takes that away. */
  showFault(instance, sign) {
    const node = instance === null ? this.#parts.redis : this.#column(instance).node;
    if (sign === null) this.#faults.delete(node);
    else this.#faults.set(node, sign);

    setAttribute(node, 'data-fault', sign);
    if (instance === null) setAttribute(node.querySelector('strong'), 'data-fault', sign);
    else this.#describe(node);
  }

  /** @param {{ name: string, healthy: boolean }[]} instances @returns {boolean} Whether the layout changed. */
  showInstances(instances) {
    const before = this.#columns.size;
    for (const { name, healthy } of instances) {
      const { node } = this.#column(name);
      setAttribute(node, 'data-health', healthy ? 'up' : 'down');
      this.#describe(node);
    }

    return this.#columns.size !== before;
  }

  /** @returns {boolean} Whether the layout changed. */
  showClients(clients) {
    let changed = this.#removeAllBut(new Set(clients.map(client => client.name)));
    for (const client of clients) changed = this.#showClient(client) || changed;
    if (changed) setAttribute(this.#parts.groups, 'data-crowd', clients.length > 36 ? 'large' : clients.length > 18 ? 'middle' : null);
    return changed;
  }

  #describe(node) {
    setText(node.querySelector('.role'), this.#faults.get(node) ?? (node.dataset.health === 'down' ? 'not ready' : ''));
  }

  #removeAllBut(names) {
    const gone = [...this.chips.keys()].filter(name => !names.has(name));
    for (const name of gone) {
      this.chips.get(name).element.remove();
      this.chips.delete(name);
    }

    return gone.length > 0;
  }

  #showClient(client) {
    let chip = this.chips.get(client.name);
    if (!chip) {
      chip = new Chip(client.name, this.#actions);
      this.chips.set(client.name, chip);
    }

    const wasAway = chip.element.dataset.state === 'away';
    chip.update(client);
    const moved = client.instance !== null && chip.element.parentElement?.dataset.instance !== client.instance;
    if (moved) slide(chip.element, () => this.#column(client.instance).group.append(chip.element));
    return moved || wasAway !== (client.state === 'away');
  }

  #column(name) {
    let column = this.#columns.get(name);
    if (!column) {
      column = {
        node: make('div', { class: 'node instance', 'data-instance': name }, make('strong', { text: name }), make('span', { class: 'role' })),
        group: make('ul', { class: 'group', 'data-instance': name, 'aria-label': `Clients on ${name}` }),
      };
      this.#columns.set(name, column);
      this.#lanes.add(name);
      this.#arrange();
    }

    return column;
  }

  /** Puts the columns in the order of the lanes, whichever instance was heard of first. */
  #arrange() {
    const columns = [...this.#columns].sort(([a], [b]) => this.#lanes.of(a) - this.#lanes.of(b));
    for (const [name, { node, group }] of columns) {
      this.#lanes.mark(node, name);
      this.#lanes.mark(group, name);
    }


    this.#parts.instances.replaceChildren(...columns.map(([, { node }]) => node));
    this.#parts.groups.replaceChildren(...columns.map(([, { group }]) => group));
  }
}

/** Lets an element slide from where it was to where the move puts it. */
function slide(element, move) {
  const before = element.isConnected ? element.getBoundingClientRect() : null;
  move();
  if (!before || matchMedia('(prefers-reduced-motion: reduce)').matches) return;

  const after = element.getBoundingClientRect();
  element.animate([{ transform: `translate(${before.x - after.x}px, ${before.y - after.y}px)` }, { transform: 'none' }], { duration: 420, easing: 'ease-in-out' });
}
