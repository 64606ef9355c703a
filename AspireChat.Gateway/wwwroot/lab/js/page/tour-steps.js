import { everywhere, faultOf } from './faults.js';

/**
 * The tour: each step does one thing and says what came of it.
 * `mode` is the one it switches to, `meanwhile` what is said until the outcome is there, `input` what a person may change
 * before it is sent.
 * @type {ReadonlyArray<{ title: string, text: string, action: string, meanwhile: string, look: string, mode?: string, input?: string,
 *   run(director: import('./director.js').Director, details: { instances: string[], text: string }): Promise<object>,
 *   outcome(report: object): string }>}
 */
export const steps = Object.freeze([
  {
    title: 'The bug',
    text: 'Six clients share a room. The gateway gave each to an instance in turn, and in this mode the instances know nothing of each other.',
    action: 'Let the fox say hello',
    meanwhile: 'Watch where it goes. Who has not heard it after 3 seconds has missed it.',
    look: 'picture',
    mode: 'local',
    async run(director) {
      await director.switchTo('local');
      director.speak();
      return director.settled();
    },
    outcome: ({ totals: { missed }, clients }) => `${missed} of ${clients.length} clients never heard it, and the fox was told that all is well. That is the bug.`,
  },
  {
    title: 'The classic fix',
    text: 'Now the instance publishes each message on a Redis channel. The others subscribe, and relay it to their own clients.',
    action: 'Switch to pubsub, say it again',
    meanwhile: 'Up to Redis, and from there to every instance.',
    look: 'picture',
    mode: 'pubsub',
    async run(director) {
      await director.switchTo('pubsub');
      director.speak();
      return director.settled();
    },
    outcome: ({ totals: { delivered, missed } }) => (missed === 0 ? `All ${delivered} heard it. Most systems stop here.` : `${missed} did not hear it: something else is wrong.`),
  },
  {
    title: 'The fix has a hole',
    text: 'A subscriber that hears nothing for two seconds: a hiccup of the network, a failover. Meanwhile the clients say 20 messages a second.',
    action: 'Cut one subscriber for 2 s',
    meanwhile: 'The instance in red hears nothing. Its clients are connected, and nothing reaches them.',
    look: 'picture',
    mode: 'pubsub',
    async run(director, details) {
      await director.inMode('pubsub');
      return cut(director, details);
    },
    outcome: ({ totals: { missed } }) => `${missed} deliveries are lost for good: Redis keeps nothing of what passes on a channel, and no sender was told.`,
  },
  {
    title: 'The cure',
    text: 'In mode stream one atomic write gives each message a number, stores it and publishes it. Whoever sees a hole in the numbers reads what is missing.',
    action: 'Switch to stream, cut it again',
    meanwhile: 'The same cut. Watch what happens when it is over.',
    look: 'picture',
    mode: 'stream',
    async run(director, details) {
      await director.inMode('stream');
      return cut(director, details);
    },
    outcome: ({ totals: { delivered, missed } }) => (missed === 0
      ? `The same cut, and all ${delivered} deliveries were made: some a moment late, all in order, each once. Kill an instance or drain it, if you like.`
      : `${missed} deliveries are missing, which should not be: have a look at the logs of the instances.`),
  },
  {
    title: 'Follow your own message',
    text: 'Each message is one trace: from the socket that took it in, through Redis, to the fan-out at each instance. Say something yourself.',
    action: 'Send it',
    meanwhile: 'On its way.',
    look: 'picture',
    input: 'Hello from me',
    async run(director, { text }) {
      director.clear();
      director.speak(text);
      return director.settled();
    },
    outcome: ({ totals: { delivered, missed } }) => `${delivered} received it${missed > 0 ? `, ${missed} missed it` : ''}.`,
  },
]);

async function cut(director, { instances }) {
  director.clear();
  await director.makeFault(faultOf('deaf'), [instances[1] ?? instances[0] ?? everywhere]);
  return director.settled();
}
