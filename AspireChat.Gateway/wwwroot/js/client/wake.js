/**
 * Tells when this page may have slept or changed its network without any timer noticing. `wake`: it is shown again,
 * comes out of the back-forward cache, or has a network again, so that now is the time to try. `doubt`: the network
 * went away, and with it perhaps the connection. Does nothing outside of browsers.
 *
 * @returns {() => void} Stops watching.
 */
export function watchWake({ wake, doubt }) {
  const page = globalThis.document;
  if (!page) return () => {};

  const stop = new AbortController();
  const { signal } = stop;
  page.addEventListener('visibilitychange', () => page.visibilityState === 'visible' && wake(), { signal });
  globalThis.addEventListener('pageshow', wake, { signal });
  globalThis.addEventListener('online', wake, { signal });
  globalThis.addEventListener('offline', doubt, { signal });
  return () => stop.abort();
}
