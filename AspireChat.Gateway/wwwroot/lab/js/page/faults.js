/**
 * The faults that the lab can make; each is an endpoint of the chat servers and ends by itself.
 * `seconds` is how long its effect may last, for which messages keep coming.
 * @type {ReadonlyArray<{ path: string, at: 'instance' | 'redis', seconds: number, label(instance: string): string, what: string, body: object }>}
 */
export const faults = Object.freeze([
  {
    path: 'deaf',
    at: 'instance',
    seconds: 3,
    label: instance => (instance === everywhere ? 'Cut the subscribers' : 'Cut the subscriber'),
    what: 'connected, but deaf for 2 s',
    body: { seconds: 2 },
  },
  {
    path: 'drop-subscribers',
    at: 'instance',
    seconds: 3,
    label: () => 'Drop its link',
    what: 'to Redis, once',
    body: {},
  },
  {
    path: 'exit',
    at: 'instance',
    seconds: 6,
    label: () => 'Kill it',
    what: 'as in a crash',
    body: {},
  },
  {
    path: 'drain',
    at: 'instance',
    seconds: 8,
    label: () => 'Drain it',
    what: 'as in a deploy',
    body: {},
  },
  {
    path: 'pause-redis',
    at: 'redis',
    seconds: 8,
    label: () => 'Pause Redis',
    what: 'no answer for 5 s',
    body: { seconds: 5 },
  },
]);

/** In place of an instance's name: all of them. */
export const everywhere = 'all';

export const faultOf = path => faults.find(fault => fault.path === path);
