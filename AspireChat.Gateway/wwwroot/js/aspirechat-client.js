/**
 * A client of AspireChat, protocol `aspirechat.v1`: for browsers and for Node 20 and later, no dependency, no build step.
 *
 *     import { AspireChatClient } from './aspirechat-client.js';
 *
 *     const client = new AspireChatClient('wss://chat.example/ws');
 *     const lobby = client.join('lobby', { name: 'Ann' });
 *     lobby.addEventListener('joined', ({ detail }) => detail.reset ? show(detail.messages) : append(detail.messages));
 *     lobby.addEventListener('message', ({ detail }) => append([detail]));
 *     client.connect();
 *     await lobby.send('Hello');
 *
 * What it takes off your hands:
 *
 * - It reconnects by itself, with full jitter, and resumes every room where it was. In mode `stream` each message of a
 *   room is seen exactly once and in order; where the server had to give that up, `joined` or `resync` says so.
 * - `send` is resolved by the server's acknowledgement. Until then it is repeated with the same id, which the servers
 *   recognise, so a message is never there twice. One message per room is under way at a time, which keeps their order.
 * - A dead link is noticed by silence, not by luck; a page that wakes up, or a network that comes back, is used at once.
 */
export { AspireChatClient } from './client/client.js';
export { ChatError } from './client/chat-error.js';
export { newMessageId } from './client/message-id.js';
