import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Director } from '../../../AspireChat.Gateway/wwwroot/lab/js/page/director.js';

/** A director with a worker, a gateway and a picture that do what the test says. */
class Stage {
  switches = [];
  lab = Object.assign(new EventTarget(), {
    told: 0,
    send: () => this.lab.told++,
    clear: () => this.lab.told++,
  });
  director = new Director({
    lab: this.lab,
    gateway: { switchTo: async mode => this.switches.push(mode) },
    load: { rate: 0, set: () => this.lab.told++ },
    picture: { forget() {} },
  });

  /** The worker reports, having heard so many commands; all of them unless said. */
  async reports({ heard = this.lab.told, mode = 'pubsub', clients = [{ name: 'fox', state: 'present' }], ...counts }) {
    const totals = { sent: 1, acknowledged: 1, failed: 0, pending: 0, ...counts };
    this.lab.dispatchEvent(new CustomEvent('report', { detail: { heard, mode, clients, totals } }));
    await new Promise(setImmediate);
  }
}

/** What a promise came to by now. */
async function stateOf(promise) {
  return Promise.race([promise.then(value => ({ value })), new Promise(resolve => setImmediate(() => resolve('open')))]);
}

test('what was reported before the last command says nothing of what came of it', async () => {
  const stage = new Stage();
  await stage.reports({ missed: 4 });

  stage.director.clear();
  stage.director.speak();
  const settled = stage.director.settled();
  assert.equal(await stateOf(settled), 'open');
  await stage.reports({ heard: 1, missed: 4 });
  assert.equal(await stateOf(settled), 'open');

  await stage.reports({ missed: 0 });
  assert.equal((await stateOf(settled)).value.totals.missed, 0);
});

test('an act begins once every client is in the room and was told, and is counted from there', async () => {
  const stage = new Stage();
  await stage.reports({ mode: 'local' });

  const begun = stage.director.switchTo('pubsub');
  await stage.reports({ mode: 'local' });
  await stage.reports({ mode: 'pubsub', clients: [{ name: 'fox', state: 'away' }] });
  assert.equal(await stateOf(begun), 'open');

  const before = stage.lab.told;
  await stage.reports({ mode: 'pubsub' });
  assert.equal(stage.lab.told, before + 1, 'It was not cleared.');
  assert.equal(await stateOf(begun), 'open');
  await stage.reports({ sent: 0 });
  assert.deepEqual(await stateOf(begun), { value: undefined });
  assert.deepEqual(stage.switches, ['pubsub']);
});
