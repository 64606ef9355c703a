import { createInterface } from 'node:readline';
import { AspireChatClient } from '../../AspireChat.Gateway/wwwroot/js/aspirechat-client.js';

// Joins a room as the chat page does, and prints a line for each message that the page would show and for each instance it is served by.
const [address, room, name] = process.argv.slice(2);
const tell = what => console.log(JSON.stringify(what));

const client = new AspireChatClient(address);
const joined = client.join(room, { name });
joined.addEventListener('joined', ({ detail }) => {
  tell({ instance: client.instance });
  for (const { text } of detail.messages) tell({ text });
});
joined.addEventListener('message', ({ detail }) => tell({ text: detail.text }));
joined.addEventListener('resync', () => tell({ text: 'RESYNC' }));
client.connect();

for await (const line of createInterface({ input: process.stdin })) send(Number(line));
client.close();

async function send(count) {
  for (let i = 0; i < count; i++) await joined.send(`${name} ${i}`);
}
