/**
 * The faults that the lab can make; each is an endpoint of the chat servers and ends by itself.
 * `seconds` is how long its effect may last, for which messages keep coming; where it `empties` an instance they do so until
 * every client has gone elsewhere.
 * `sign` is what the picture says of whom it is done to, for `shown` seconds.
 * @type {ReadonlyArray<{ path: string, at: 'instance' | 'redis', seconds: number, empties?: boolean, sign: string, shown: number, label(instance: string): string, what: string, body: object }>}
 */
export const faults = Object.freeze([
  {
    path: 'deaf',
    at: 'instance',
    seconds: 3,
    sign: 'hears nothing',
    shown: 2,
    label: instance => (instance === everywhere ? 'Cut the subscribers' : 'Cut the subscriber'),
    what: 'deaf to Redis for 2 s',
    body: { seconds: 2 },
  },
  {
    path: 'drop-subscribers',
    at: 'instance',
    seconds: 3,
    sign: 'link dropped',
    shown: 1,
    label: instance => (instance === everywhere ? 'Drop the links' : 'Drop its link'),
    what: 'to Redis, once',
    body: {},
  },
  {
    path: 'exit',
    at: 'instance',
    seconds: 4,
    empties: true,
    sign: 'killed',
    shown: 5,
    label: () => 'Kill it',
    what: 'as in a crash',
    body: {},
  },
  {
    path: 'drain',
    at: 'instance',
    seconds: 4,
    empties: true,
    sign: 'draining',
    shown: 5,
    label: () => 'Drain it',
    what: 'as in a deploy',
    body: {},
  },
  {
    path: 'pause-redis',
    at: 'redis',
    seconds: 8,
    sign: 'paused',
    shown: 5,
    label: () => 'Pause Redis',
    what: 'no answer for 5 s',
    body: { seconds: 5 },
  },
]);

/** In place of an instance's name: all of them. */
export const everywhere = 'all';

export const faultOf = path => faults.find(fault => fault.path === path);
