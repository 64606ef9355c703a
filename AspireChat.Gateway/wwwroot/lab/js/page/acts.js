/**
 * The lesson in three acts, each a mode of the backplane.
 * @type {ReadonlyArray<{ mode: string, number: number, title: string, what: string, why: string, redis: string }>}
 */
export const acts = Object.freeze([
  {
    mode: 'local',
    number: 1,
    title: 'The bug',
    what: 'Each instance relays a message to its own connections, and to no others.',
    why: 'A WebSocket lives in one process, so behind a load balancer two thirds of the room never hear what was said, and nothing reports an error.',
    redis: 'not used',
  },
  {
    mode: 'pubsub',
    number: 2,
    title: 'The classic fix',
    what: 'The instance publishes the message on a Redis channel, and every instance that subscribes relays it to its own connections.',
    why: 'Everybody hears everything, until a subscriber blinks: Redis keeps nothing, so what passed in those two seconds is gone, though its sender was told that all is well.',
    redis: 'a channel: passes on, keeps nothing',
  },
  {
    mode: 'stream',
    number: 3,
    title: 'The cure',
    what: 'One atomic write gives the message its place in the room’s stream, stores it and publishes it.',
    why: 'An instance or a client that notices a hole in the numbers reads what it missed and carries on in order: cut it, kill it, drain it, nothing is lost.',
    redis: 'a stream: every message has its place',
  },
]);

export const actOf = mode => acts.find(act => act.mode === mode);
