const mostNames = 10;
const numbers = new Intl.NumberFormat('en');
const list = new Intl.ListFormat('en', { type: 'conjunction' });

/**
 * Says in a sentence or two how it stands.
 * @param {{ totals: import('../measure/totals.js').Totals, clients: { name: string, instance: string | null, missed: number }[] }} report
 */
export function verdictOf({ totals, clients }) {
  const { sent, failed, pending, delivered, missed, resumed, repeated } = totals;
  if (sent === 0) return clients.length > 0 ? 'Press a client, and see who hears it.' : '';

  const said = [];
  if (missed > 0) said.push(`${many(missed, 'delivery is', 'deliveries are')} missing of ${numbers.format(delivered + missed + pending)}.`, missedBy(clients));
  else if (pending > 0) said.push(`${many(delivered, 'delivery', 'deliveries')} so far, ${numbers.format(pending)} awaited.`);
  else said.push(`${many(sent, 'message', 'messages')} sent, ${many(delivered, 'delivery', 'deliveries')} made: nothing is missing.`);

  if (resumed > 0) said.push(`${many(resumed, 'delivery', 'deliveries')} came by resume, to clients that had been away.`);
  if (repeated > 0) said.push(`${many(repeated, 'receipt', 'receipts')} too many.`);
  if (failed > 0) said.push(`${many(failed, 'message was', 'messages were')} not taken.`);
  return said.join(' ');
}

const many = (count, one, more) => `${numbers.format(count)} ${count === 1 ? one : more}`;

const inOrder = (a, b) => (a.instance ?? '').localeCompare(b.instance ?? '', undefined, { numeric: true });

/** Names the clients that miss something, by the instance that serves them: that is what they have in common. */
function missedBy(clients) {
  const missing = clients.filter(client => client.missed > 0).sort(inOrder);
  /** @type {Map<string | null, string[]>} */
  const byInstance = new Map();
  for (const { name, instance } of missing.slice(0, mostNames)) byInstance.set(instance, [...(byInstance.get(instance) ?? []), name]);

  const groups = [...byInstance].map(([instance, names]) => `${list.format(names)} on ${instance}`);
  if (missing.length > mostNames) groups.push(`${missing.length - mostNames} more`);
  return `Missed by ${groups.join('; ')}.`;
}
