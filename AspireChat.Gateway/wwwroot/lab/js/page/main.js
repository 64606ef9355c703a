import { recall } from '../../../js/chat/memory.js';
import { Picture } from '../picture/picture.js';
import { ActsView } from './acts-view.js';
import { ChartsView } from './charts-view.js';
import { CountersView } from './counters-view.js';
import { Director } from './director.js';
import { byId } from './elements.js';
import { FaultsView } from './faults-view.js';
import { FleetControl } from './fleet-control.js';
import { Gateway } from './gateway.js';
import { Lab } from './lab.js';
import { LoadControl } from './load-control.js';
import { MatrixView } from './matrix-view.js';
import { Notice } from './notice.js';
import { Permission } from './permission.js';
import { RedisView } from './redis-view.js';
import { showRoom } from './room.js';
import { Rows } from './rows.js';
import { Surroundings } from './surroundings.js';
import { TellingView } from './telling-view.js';
import { Tour } from './tour.js';
import { VerdictView } from './verdict-view.js';

const clientsAtFirst = 6;

// Light or dark as chosen on the chat page.
document.documentElement.dataset.appearance = recall('appearance') ?? 'auto';

const gateway = new Gateway();
const lab = new Lab();
const permission = new Permission(gateway);
const notice = new Notice(byId('notice'));
const rows = new Rows();
const room = showRoom(byId('room'));

const picture = new Picture(byId('picture'), { onSpeak: name => director.speak('hello', name), onRemove: name => lab.remove(name) });
const load = new LoadControl(lab);
const director = new Director({ lab, gateway, load, picture });
const attempt = action => notice.guard(() => permission.using(action));
const acts = new ActsView(byId('acts'), mode => attempt(() => director.switchTo(mode)));
const faults = new FaultsView(byId('faults'), (fault, instances) => attempt(() => director.makeFault(fault, instances)));
const tour = new Tour({ panel: byId('tour'), director, attempt, rows, permission, room });
const telling = new TellingView(byId('telling'));
const redis = new RedisView(byId('redis-role'), byId('slots'));
const fleet = new FleetControl(lab);
const counters = new CountersView(byId('counters'), byId('latency'));
const verdict = new VerdictView(byId('verdict'), byId('announcer'));
const matrix = new MatrixView(byId('matrix'));
const charts = new ChartsView(byId('charts'));

lab.addEventListener('report', ({ detail: report }) => {
  for (const view of [picture, load, fleet, counters, verdict, redis]) view.show(report);
  acts.show(report.mode);
  telling.show(report.mode);
  charts.add(report.seconds);
  if (rows.merge(report.rows)) matrix.show(rows);
});
lab.addEventListener('failure', ({ detail }) => notice.show(`The clients' worker failed: ${detail}. Reload the page.`));
byId('clear').addEventListener('click', () => director.clear());
byId('tour-start').addEventListener('click', () => tour.begin());

const surroundings = new Surroundings(gateway);
surroundings.addEventListener('change', ({ detail }) => {
  picture.showInstances(detail.instances);
  faults.showSurroundings(detail);
  tour.surroundings = detail;
});

lab.start({ room, address: new URL('/ws', location.href.replace(/^http/, 'ws')).href, count: clientsAtFirst });
surroundings.watch();

permission.addEventListener('change', ({ detail: granted }) => {
  acts.allow(granted);
  faults.allow(granted);
  byId('read-only').hidden = granted;
});
const problem = await permission.ask();
if (problem) notice.show(problem);
