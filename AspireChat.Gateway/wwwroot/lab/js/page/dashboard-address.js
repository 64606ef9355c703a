/**
 * Where the gateway leads to the dashboard from: who has a session arrives there signed in.
 *
 * @param {{ room: string, offset?: number } | null} [message] Whose trace is wanted. A page cannot know the trace's own id,
 *   which the chat server gives, but the message's room and place are on its spans.
 */
export function dashboardAddress(message = null) {
  if (!message) return '/admin/dashboard';

  const { room, offset } = message;
  return `/admin/dashboard/traces?${new URLSearchParams(offset === undefined ? { room } : { room, offset: String(offset) })}`;
}
