import { AspireChatClient, newMessageId } from '../../../js/aspirechat-client.js';
import { ClientAccount } from './client-account.js';
import { tappedSocket } from './tapped-socket.js';

const mostUnderWay = 4; // Messages of one client that wait for their acknowledgement; load beyond that is held back.

/** One of the page's clients: an ordinary chat client over a socket that the ledger listens at. */
export class LabClient {
  #account;
  #chat;
  #room;
  #ledger;
  #clock;
  #underWay = 0;
  #leaving = false;

  /**
   * @param {string} name
   * @param {{ room: string, address: string, ledger: import('../measure/ledger.js').Ledger, clock: () => number }} context
   */
  constructor(name, { room, address, ledger, clock }) {
    this.name = name;
    this.#ledger = ledger;
    this.#clock = clock;
    this.#account = new ClientAccount(name, room, ledger, clock);
    this.#chat = new AspireChatClient(address, { WebSocket: tappedSocket(this.#account) });
    this.#room = this.#chat.join(room, { name, history: 0, presence: false });
    this.#chat.addEventListener('reconnect', () => this.#leaving = true);
    this.#chat.addEventListener('state', ({ detail }) => this.#moved(detail.state));
    this.#chat.connect();
  }

  /** The instance that serves it now, or did last. */
  get instance() {
    return this.#account.instance;
  }

  get mode() {
    return this.#account.mode;
  }

  get sendsPerSecond() {
    return this.#account.sendsPerSecond;
  }

  get isPresent() {
    return this.#room.state === 'joined';
  }

  /** Whether it can take a message for sending without one more having to wait. */
  get isReady() {
    return this.isPresent && this.#underWay < mostUnderWay;
  }

  /** @returns {'present' | 'leaving' | 'away'} */
  get state() {
    if (!this.isPresent) return 'away';
    return this.#leaving ? 'leaving' : 'present';
  }

  async send(text) {
    const id = newMessageId();
    this.#underWay++;
    try {
      // The acknowledgement itself may have been lost with a connection; the client knows by other signs.
      const { offset } = await this.#room.send(text, { id });
      this.#ledger.acked({ id, offset, now: this.#clock() });
    } catch (error) {
      this.#ledger.failed({ id, reason: error.code });
    } finally {
      this.#underWay--;
    }
  }

  close() {
    this.#chat.close();
  }

  #moved(state) {
    if (state === 'connecting') this.#leaving = false;
    if (state !== 'open') this.#ledger.left(this.name);
  }
}
