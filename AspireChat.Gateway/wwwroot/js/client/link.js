const subProtocol = 'aspirechat.v1';
const abnormal = 1006;

/**
 * One WebSocket from its opening to its end, which it reports exactly once. A link that falls silent is given up
 * without waiting for the close: on a dead network the browser would wait a minute for it.
 */
export class Link {
  #socket;
  #onWelcome;
  #onFrame;
  #onEnd;
  #timings;
  #timer;
  #idleMs;
  #probing = false;

  constructor(WebSocket, url, ticket, timings, { onWelcome, onFrame, onEnd }) {
    this.#timings = timings;
    this.#onWelcome = onWelcome;
    this.#onFrame = onFrame;
    this.#onEnd = onEnd;

    const socket = this.#socket = new WebSocket(url, ticket ? [subProtocol, `ticket.${ticket}`] : [subProtocol]);
    socket.onmessage = event => this.#received(event.data);
    socket.onclose = event => this.#end(event.code, event.reason);
    socket.onerror = () => {}; // A close follows, and tells more.
    this.#expect(timings.welcomeMs, 'no welcome in time');
  }

  send(frame) {
    // 1 is OPEN. A frame for a link that is closing is lost anyway; what must arrive is sent again on the next one.
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(frame));
  }

  /** Asks for a sign of life, now. */
  probe() {
    if (this.#probing || !this.#idleMs) return;

    this.#probing = true;
    this.send({ type: 'ping', t: Date.now() });
    this.#expect(this.#timings.answerMs, 'no sign of life');
  }

  close(code = 1000, reason = '') {
    const socket = this.#socket;
    this.#end(code, reason);
    socket?.close(1000);
  }

  #received(data) {
    if (!this.#socket) return;

    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      this.close(abnormal, 'a frame that is not JSON');
      return;
    }

    if (frame.type === 'welcome') {
      this.#idleMs = (frame.pingSeconds || this.#timings.idleSeconds) * 1000;
      this.#onWelcome(frame);
    } else {
      this.#onFrame(frame);
    }

    this.#heard();
  }

  #heard() {
    if (!this.#socket || !this.#idleMs) return;

    this.#probing = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.probe(), this.#idleMs);
  }

  #expect(withinMs, otherwise) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(abnormal, otherwise), withinMs);
  }

  #end(code, reason) {
    if (!this.#socket) return;

    clearTimeout(this.#timer);
    this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket = null;
    this.#onEnd({ code, reason });
  }
}
