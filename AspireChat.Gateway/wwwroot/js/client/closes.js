/** What a close code asks of a client: to `resume`, to `pause` first, or to stay away (`never`). */
const table = new Map([
  [1001, { then: 'resume', because: 'the server is going away' }],
  [1003, { then: 'never', because: 'the server takes no binary frames' }],
  [1009, { then: 'never', because: 'a frame was too big for the server' }],
  [4000, { then: 'resume', because: 'this client was too slow to take what was sent' }],
  [4001, { then: 'resume', because: 'this client did not answer a ping' }],
  [4002, { then: 'resume', because: 'the load is being spread anew' }],
  [4500, { then: 'never', because: 'the server did not understand this client' }],
  [4501, { then: 'never', because: 'the server does not let this client in' }],
  [4503, { then: 'pause', because: 'too much was sent too fast' }],
]);

const anyOther = { then: 'resume', because: 'the connection was lost' };

/** How long `pause` is at the least. */
export const pauseMs = 10_000;

export function whatNext(code) {
  return table.get(code) ?? anyOther;
}
