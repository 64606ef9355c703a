import { colourReader } from './colours.js';
import { make } from './elements.js';

const seconds = 60;
const height = 84;

/** What each chart shows: the names are those of a second's report, colours those of the style sheet. */
const charts = [
  { title: 'Deliveries a second', series: [{ colour: '--delivered', value: second => second.delivered, fill: true }] },
  {
    title: 'Latency in ms, p99 dashed',
    series: [
      { key: 'same', colour: '--same', value: second => second.same.p50 },
      { colour: '--same', value: second => second.same.p99, dash: [4, 4] },
      { key: 'across', colour: '--across', value: second => second.across.p50 },
      { colour: '--across', value: second => second.across.p99, dash: [4, 4] },
    ],
  },
  { title: 'Missed a second', series: [{ colour: '--missed', value: second => second.missed, fill: true }] },
];

/** The last minute, second by second. */
export class ChartsView {
  #host;
  #plots = [];
  #history = [];

  /** @param {HTMLElement} host */
  constructor(host) {
    this.#host = host;
    this.#build();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#build());
    new ResizeObserver(() => this.#fit()).observe(host);
  }

  /** @param {object[]} more */
  add(more) {
    if (more.length === 0) return;

    this.#history = [...this.#history, ...more].slice(-seconds);
    this.#draw();
  }

  #build() {
    for (const { plot } of this.#plots) plot.destroy();
    const frames = charts.map(({ title, series }) => make('figure', { class: 'chart' }, caption(title, series)));
    this.#host.replaceChildren(...frames);

    const colourOf = colourReader(this.#host);
    this.#plots = charts.map(({ series }, index) => ({ series, frame: frames[index], plot: new uPlot(options(series, colourOf), [], frames[index]) }));
    this.#fit();
    this.#draw();
  }

  #draw() {
    const times = this.#history.map(second => second.at);
    for (const { plot, series } of this.#plots) plot.setData([times, ...series.map(({ value }) => this.#history.map(value))]);
  }

  #fit() {
    for (const { plot, frame } of this.#plots) plot.setSize({ width: Math.max(frame.clientWidth, 120), height });
  }
}

const clock = new Intl.DateTimeFormat('en-GB', { minute: '2-digit', second: '2-digit' });
const clockTime = time => clock.format(time * 1000);

/** The key to the lines, in their colours. */
function caption(title, series) {
  const keys = series.length > 1 ? series.filter(({ key }) => key) : [];
  return make('figcaption', {}, make('span', { text: title }), ...keys.map(({ key }) => make('span', { class: `key ${key}`, text: key })));
}

function options(series, colourOf) {
  const ink = colourOf('--faint');
  const grid = { stroke: colourOf('--rule'), width: 1 };
  const axis = { stroke: ink, grid, ticks: { show: false }, font: '12px system-ui', size: 34 };
  return {
    width: 300,
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 8, 0, 0],
    scales: { x: { range: (plot, least, most) => [(most ?? seconds) - seconds, most ?? seconds] }, y: { range: (plot, least, most) => [0, Math.max(most ?? 0, 1) * 1.15] } },
    axes: [{ ...axis, size: 20, incrs: [15], values: (plot, times) => times.map(clockTime) }, { ...axis, size: 44, space: 28 }],
    series: [{}, ...series.map(({ colour, dash, fill }) => {
      const stroke = colourOf(colour);
      return { stroke, dash, width: 2, points: { show: false }, fill: fill && `color-mix(in srgb, ${stroke} 22%, transparent)` };
    })],
  };
}
