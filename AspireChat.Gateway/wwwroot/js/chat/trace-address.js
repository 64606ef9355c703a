/** The attribute by which the chat servers' spans name a message, as OpenTelemetry's messaging conventions have it. */
const messageId = 'messaging.message.id';

/**
 * Where the dashboard shows the trace of a message: its list of traces, filtered by the message's id. A page cannot know
 * the trace's own id, which the chat server gives when the message arrives.
 *
 * @param {string | null} dashboard Its address; null where there is none.
 * @param {string | undefined} id The message.
 */
export function traceAddress(dashboard, id) {
  if (!dashboard || !id) return null;

  const address = new URL('traces', dashboard.endsWith('/') ? dashboard : `${dashboard}/`);
  address.search = new URLSearchParams({ filters: `${messageId}:equals:${encodeURIComponent(id)}` });
  return address.href;
}
