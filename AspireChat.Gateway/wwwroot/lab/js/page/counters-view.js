import { readDuration } from './durations.js';
import { make, setAttribute, setText } from './elements.js';

const numbers = new Intl.NumberFormat('en');

/** @type {[name: string, label: string, explanation: string][]} */
const tiles = [
  ['sent', 'sent', 'Messages that the clients of this page sent'],
  ['delivered', 'delivered', 'One for each client that received a message'],
  ['missed', 'missed', 'Not received 3 s after the message was acknowledged'],
  ['pending', 'awaited', 'Not received yet, and not yet too late'],
  ['resumed', 'resumed', 'Received on return by a client that had been away'],
  ['repeated', 'repeated', 'Received more than once'],
  ['reordered', 'disordered', 'Received after a message that follows it'],
  ['failed', 'refused', 'Messages that no chat server took'],
];

const paths = [
  ['same', 'same instance', 'Latency of deliveries on the instance of the sender: half took no longer than p50, 99 of 100 no longer than p99'],
  ['across', 'across', 'Latency of deliveries on another instance than the sender’s: half took no longer than p50, 99 of 100 no longer than p99'],
];

/** The counters, and the latency by path. */
export class CountersView {
  /** @type {Map<string, HTMLElement>} */
  #values = new Map();

  /** @param {HTMLElement} counts A `dl`. @param {HTMLElement} latency Another. */
  constructor(counts, latency) {
    for (const tile of tiles) this.#add(counts, ...tile);
    for (const path of paths) this.#add(latency, ...path);
  }

  show({ totals, latency }) {
    for (const [name] of tiles) this.#set(name, numbers.format(totals[name]), totals[name]);
    for (const [path] of paths) {
      const { p50, p99 } = latency[path];
      this.#set(path, p50 === null ? '–' : `p50 ${readDuration(p50)} · p99 ${readDuration(p99)}`, p50 ?? 0);
    }
  }

  #add(list, name, label, explanation) {
    const value = make('dd', { 'data-counter': name, text: '0' });
    this.#values.set(name, value);
    list.append(make('div', { class: 'counter', title: explanation }, make('dt', { text: label }), value));
  }

  #set(name, text, value) {
    const element = this.#values.get(name);
    setText(element, text);
    setAttribute(element, 'data-zero', value === 0 ? '' : null);
  }
}
