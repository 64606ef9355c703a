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
import { showRoom } from './room.js';
import { RedisView } from './redis-view.js';
import { Rows } from './rows.js';
import { openSession } from './session.js';
import { Surroundings } from './surroundings.js';
import { TellingView } from './telling-view.js';
import { Tour } from './tour.js';
import { VerdictView } from './verdict-view.js';

const clientsAtFirst = 6;

// Light or dark as chosen on the chat page.
document.documentElement.dataset.appearance = recall('appearance') ?? 'auto';

const gateway = new Gateway();
const lab = new Lab();
const notice = new Notice(byId('notice'));
const rows = new Rows();

const picture = new Picture(byId('picture'), { onSpeak: name => director.speak('hello', name), onRemove: name => lab.remove(name) });
const load = new LoadControl(lab);
const director = new Director({ lab, gateway, load, picture });
const acts = new ActsView(byId('acts'), mode => notice.guard(() => director.switchTo(mode)));
const faults = new FaultsView(byId('faults'), (fault, instances) => notice.guard(() => director.makeFault(fault, instances)));
const tour = new Tour(byId('tour'), director, notice, rows);
const telling = new TellingView(byId('telling'));
const redis = new RedisView(byId('redis-role'), byId('slots'));
const fleet = new FleetControl(lab);
const counters = new CountersView(byId('counters'));
const verdict = new VerdictView(byId('verdict'), byId('announcer'));
const matrix = new MatrixView(byId('matrix'));
const charts = new ChartsView(byId('charts'));

lab.addEventListener('report', ({ detail: report }) => {
  for (const view of [picture, load, fleet, counters, verdict]) view.show(report);
  acts.show(report.mode);
  telling.show(report.mode);
  charts.add(report.seconds);
  if (rows.merge(report.rows)) matrix.show(rows);
  redis.show(report.mode, rows);
});
lab.addEventListener('failure', ({ detail }) => notice.show(`The clients' worker failed: ${detail}. Reload the page.`));
byId('clear').addEventListener('click', () => director.clear());
byId('tour-start').addEventListener('click', () => tour.begin());

const surroundings = new Surroundings(gateway);
surroundings.addEventListener('change', ({ detail: { instances, dashboard } }) => {
  picture.showInstances(instances);
  faults.showInstances(instances);
  tour.surroundings = { instances: instances.map(instance => instance.name), dashboard };
});

const room = showRoom(byId('room'));
lab.start({ room, address: new URL('/ws', location.href.replace(/^http/, 'ws')).href, count: clientsAtFirst });
surroundings.watch();

const session = await openSession(gateway);
acts.allow(session.open);
faults.allow(session.open);
tour.mayAct = session.open;
byId('read-only').hidden = session.open;
if (session.problem) notice.show(session.problem);
