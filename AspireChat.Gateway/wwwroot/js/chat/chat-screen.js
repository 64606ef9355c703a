import { AspireChatClient, newMessageId } from '../aspirechat-client.js';
import { chatAddress } from './address.js';
import { Announcer } from './announcer.js';
import { Composer } from './composer.js';
import { byId } from './elements.js';
import { Lanes } from './lanes.js';
import { Ledger } from './ledger.js';
import { LedgerView } from './ledger-view.js';
import { Older } from './older.js';
import { Panel } from './panel.js';
import { sendProblem } from './send-problem.js';
import { Status } from './status.js';
import { TraceLinks } from './trace-links.js';
import { Typing } from './typing.js';
import { WindowTitle } from './window-title.js';

const history = 100;

/** The room: what the client hears goes to the parts of the screen, what the person does goes to the client. */
export class ChatScreen {
  #screen = byId('chat');
  #lanes = new Lanes();
  #traces = new TraceLinks();
  #ledger = new Ledger();
  #announcer = new Announcer();
  #typing = new Typing();
  #title = new WindowTitle();
  #panel = new Panel(this.#lanes);
  #composer = new Composer({ onSend: text => this.#send(text), onTyping: () => this.#room.typing() });
  #status = new Status({ onRetry: () => this.#client.retry(), onAgain: () => this.#again() });
  #older = new Older(this.#ledger, () => ({ room: this.#room.room, epoch: this.#room.position?.epoch }));
  #view = new LedgerView(
    this.#ledger,
    this.#lanes,
    this.#traces,
    { scroller: byId('ledger'), rows: byId('rows'), waiting: byId('waiting'), newer: byId('newer'), empty: byId('empty') },
    { again: id => this.#sendAgain(id), discard: id => this.#ledger.discard(id), older: () => this.#older.read() },
  );
  #onRefused;
  #client;
  #room;

  constructor({ onLeave, onRefused }) {
    this.#onRefused = onRefused;
    this.#traces.find().then(() => this.#view.retrace());
    byId('leave').addEventListener('click', () => {
      this.#close();
      onLeave();
    });
  }

  enter(room, name) {
    this.#screen.hidden = false;
    this.#ledger.clear();
    this.#panel.room(room);
    this.#panel.people([name], 1, name);
    this.#title.room(room);
    this.#connect(room, name);
    this.#composer.focus();
  }

  #connect(room, name) {
    const client = this.#client = new AspireChatClient(chatAddress());
    const on = (target, type, act) => target.addEventListener(type, ({ detail }) => client === this.#client && act(detail));

    on(client, 'state', detail => this.#connectionChanged(detail));
    on(client, 'welcome', ({ limits }) => {
      this.#composer.longest = limits?.textChars;
      this.#served();
    });
    on(client, 'backplane', ({ mode }) => {
      this.#served();
      this.#ledger.notice(`The mode is now ${mode}.`);
    });
    on(client, 'reconnect', ({ reason }) => this.#status.moving(client.instance, reason));
    on(client, 'error', ({ message }) => this.#status.problem(message));

    const joined = this.#room = client.join(room, { name, history });
    on(joined, 'joined', detail => this.#joined(detail));
    on(joined, 'message', message => this.#heard([message]));
    on(joined, 'resync', detail => this.#resynced(detail));
    on(joined, 'presence', () => this.#people());
    on(joined, 'typing', ({ name: who }) => who !== name && this.#typing.heard(who));
    on(joined, 'refused', detail => {
      this.#close();
      this.#onRefused(room, name, detail);
    });

    client.connect();
  }

  #connectionChanged(detail) {
    if (detail.state === 'connecting') this.#status.connecting();
    if (detail.state === 'waiting') this.#status.waiting(detail);
    if (detail.state === 'closed') this.#status.closed(detail.close);
    if (detail.state !== 'open') this.#typing.clear();
  }

  #served() {
    const { instance, backplane } = this.#client;
    this.#lanes.add(instance);
    this.#view.relane(instance);
    this.#panel.served(instance, backplane);
  }

  #joined({ reset, recovered, missed, messages }) {
    if (reset) {
      this.#show(messages);
      if (missed) this.#ledger.notice('The connection was away for too long to fill the gap. This is what the room has now.');
    } else {
      this.#heard(messages);
      if (missed) this.#ledger.notice('What was said while the connection was away may be missing.');
    }

    this.#people();
    this.#status.joined(this.#client.instance, { recovered, missed });
  }

  #resynced({ messages, switched }) {
    // A change of mode lost nothing: what was said before it may stay, it only has no place in the new stream.
    if (switched) return this.#heard(messages);

    this.#show(messages);
    this.#ledger.notice('The server lost part of this room. This is what it has now.');
  }

  #show(messages) {
    this.#sentOn(messages.map(message => message.instance));
    this.#ledger.reset(messages);
  }

  #heard(messages) {
    this.#sentOn(messages.map(message => message.instance));
    this.#ledger.append(messages);
    this.#title.added(messages);
    this.#announcer.announce(messages);
    for (const { name } of messages) this.#typing.stopped(name);
  }

  /** Instances heard of for the first time get a lane, and those after it move over. */
  #sentOn(instances) {
    if (instances.map(instance => this.#lanes.add(instance)).some(Boolean)) this.#view.relane(this.#client.instance);
  }

  #people() {
    this.#panel.people(this.#room.members, this.#room.memberCount, this.#room.name);
  }

  #send(text) {
    const id = newMessageId();
    this.#ledger.send(id, text);
    this.#view.follow();
    this.#deliver(id, text);
  }

  #sendAgain(id) {
    const { text } = this.#ledger.waiting.find(message => message.id === id);
    this.#ledger.sendingAgain(id);
    this.#deliver(id, text);
  }

  async #deliver(id, text) {
    const { name } = this.#room;
    try {
      const { offset } = await this.#room.send(text, { id });
      this.#ledger.confirmed({ id, name, text, offset, at: Date.now(), instance: this.#client.instance, own: true });
    } catch (error) {
      this.#ledger.failed(id, sendProblem(error));
    }
  }

  /** After a close that was final. */
  #again() {
    const { room, name } = this.#room;
    this.#connect(room, name);
  }

  #close() {
    const client = this.#client;
    this.#client = undefined; // What it says from now on concerns nobody.
    client.close();
    this.#typing.clear();
    this.#status.hide();
    this.#title.room('');
    this.#screen.hidden = true;
  }
}
