/**
 * The measuring instrument: clients, ledger and load run here, off the page's thread, so that drawing never delays a
 * receipt and a thousand receipts never stop the picture. The page sends commands and is sent reports.
 */
import { LatencyByPath } from '../measure/latency-by-path.js';
import { Ledger } from '../measure/ledger.js';
import { MatrixRows } from '../measure/matrix-rows.js';
import { Rates } from '../measure/rates.js';
import { TravelSampler } from '../measure/travel-sampler.js';
import { Fleet } from './fleet.js';
import { Load } from './load.js';
import { Reporter } from './reporter.js';

const clock = () => performance.now();
const latency = new LatencyByPath();
const rates = new Rates();
const travels = new TravelSampler();
const rows = new MatrixRows();
const ledger = new Ledger([latency, rates, travels, rows]);
const load = new Load();
let fleet;
let heard = 0; // Commands.

const commands = {
  start({ room, address, count }) {
    fleet = new Fleet({ room, address, ledger, clock });
    fleet.resize(count);

    const reporter = new Reporter({ fleet, ledger, latency, rates, travels, rows });
    setInterval(sendLoad, 20);
    setInterval(() => reporter.second(Date.now() / 1000), 1000);
    setInterval(() => {
      const now = clock();
      ledger.settle(now);
      postMessage({ ...reporter.report(now), heard });
    }, 50);
  },
  add: () => fleet.add(),
  remove: ({ name }) => fleet.remove(name),
  resize: ({ count }) => fleet.resize(count),
  send: ({ from, text }) => fleet.find(from)?.send(text),
  load: ({ rate }) => load.set(rate, clock()),
  clear() {
    ledger.clear();
    latency.clear();
    rows.clear();
  },
};

function sendLoad() {
  const senders = fleet.ready;
  const perSender = Math.min(...senders.map(client => client.sendsPerSecond));
  for (const sender of load.due(clock(), senders, perSender)) sender.send('load');
}

addEventListener('message', ({ data }) => {
  commands[data.command](data);
  heard++;
});
