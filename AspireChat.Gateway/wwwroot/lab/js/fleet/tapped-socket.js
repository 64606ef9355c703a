/**
 * Makes a WebSocket class whose every frame somebody may look at. The lab counts what its sockets carry and not what its
 * clients make of that: a client that tidily drops a repeat would hide it.
 *
 * @param {{ outgoing(text: string): void, incoming(text: string): void }} observer
 * @returns {typeof WebSocket}
 */
export const tappedSocket = observer => class extends WebSocket {
  constructor(url, protocols) {
    super(url, protocols);

    // Added before the client can add its own: the observer hears of each frame first.
    this.addEventListener('message', event => observer.incoming(event.data));
  }

  send(data) {
    observer.outgoing(data);
    super.send(data);
  }
};
