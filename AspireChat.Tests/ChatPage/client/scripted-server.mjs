import { mock } from 'node:test';
import { AspireChatClient } from '../../../AspireChat.Gateway/wwwroot/js/aspirechat-client.js';

/** The server's side of one WebSocket, which the test plays. */
class ScriptedSocket {
  readyState = 0;
  sent = [];
  closed = false;

  constructor(url, protocols) {
    this.url = url;
    this.protocols = protocols;
  }

  // What the client calls.

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
    this.readyState = 3;
  }

  // What the test calls.

  welcome(more = {}) {
    this.readyState = 1;
    this.say({ type: 'welcome', protocol: 1, instance: 'chat-1', connection: 'c', backplane: 'stream', pingSeconds: 20, limits: {}, ...more });
  }

  say(frame) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  drop(code = 1006, reason = '') {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  take(type) {
    const index = this.sent.findIndex(frame => frame.type === type);
    return index < 0 ? undefined : this.sent.splice(index, 1)[0];
  }
}

/** Every link the client opens, in order; time stands still but for `pass`. */
export class ScriptedServer {
  sockets = [];
  states = [];

  constructor(options = {}) {
    mock.timers.reset();
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    const server = this;
    this.client = new AspireChatClient('ws://chat.test/ws', {
      random: () => 0.5,
      WebSocket: class extends ScriptedSocket {
        constructor(url, protocols) {
          super(url, protocols);
          server.sockets.push(this);
        }
      },
      ...options,
    });
    this.client.addEventListener('state', ({ detail }) => this.states.push(detail));
  }

  get link() {
    return this.sockets.at(-1);
  }

  get state() {
    return this.states.at(-1);
  }

  /** Opens a link and joins a room at the given top of the stream. */
  async enter({ room = 'lobby', name = 'Ann', offset = 0, epoch = 'e1', backplane = 'stream' } = {}) {
    const joined = this.client.join(room, { name });
    this.client.connect();
    await settle();
    this.link.welcome({ backplane });
    this.link.take('join');
    this.link.say(joinedFrame({ room, position: backplane === 'stream' ? { epoch, offset } : null }));
    return joined;
  }

  /** Loses the link and lets the client come back; returns the frame it joins with. */
  async comeBack({ code = 1006, welcome } = {}) {
    this.link.drop(code);
    await pass(60_000);
    this.link.welcome(welcome);
    return this.link.take('join');
  }
}

export function joinedFrame({ room = 'lobby', position = null, recovered = false, messages = [], members = [{ name: 'Ann', connections: 1 }] }) {
  return { type: 'joined', room, position, recovered, messages, members, memberCount: members.length };
}

export function message(offset, { room = 'lobby', id = `m${offset}`, name = 'Bob', text = `text ${offset}` } = {}) {
  return { type: 'message', room, offset, id, name, text, at: '2026-01-01T00:00:00Z', instance: 'chat-2' };
}

export function collect(target, ...types) {
  const seen = [];
  for (const type of types) target.addEventListener(type, ({ detail }) => seen.push({ type, ...detail }));
  return seen;
}

export async function pass(ms) {
  mock.timers.tick(ms);
  await settle();
}

export function settle() {
  return new Promise(resolve => setImmediate(resolve));
}
