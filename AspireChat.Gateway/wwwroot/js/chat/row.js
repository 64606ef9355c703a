import { element } from './elements.js';
import { linkify } from './linkify.js';
import { clockTime, dayName, exactTime, isSameDay } from './times.js';

const groupedWithinMs = 5 * 60_000;

/** The row of one entry; `before` is the entry above it, which decides what need not be said again. */
export function entryRow(entry, before, lanes) {
  const row = entry.kind === 'notice' ? noticeRow(entry) : messageRow(entry, before, lanes);
  row.dataset.key = entry.key;
  if (!before || !isSameDay(before.at, entry.at)) row.prepend(element('p', { class: 'row__day' }, dayName(entry.at)));
  return row;
}

/** The row of an own message on its way. */
export function waitingRow({ id, text, state, problem }, { again, discard }) {
  const row = element('li', { class: `row row--own row--first row--${state}` },
    element('p', { class: 'row__text' }, text),
    element('p', { class: 'row__state' }, state === 'failed' ? `Not sent. ${problem}` : state === 'sending' ? 'On its way…' : ''));
  if (state === 'failed') {
    row.append(element('p', { class: 'row__actions' }, button('Try again', () => again(id)), button('Discard', () => discard(id))));
  }

  return row;
}

function messageRow(entry, before, lanes) {
  const first = !isGrouped(entry, before);
  const row = element('li', { class: `row${entry.own ? ' row--own' : ''}${first ? ' row--first' : ''}` },
    first ? head(entry) : element('span', { class: 'hidden-label' }, `${entry.name}:`),
    element('p', { class: 'row__text', dir: 'auto' }, ...pieces(entry.text)),
    entry.offset === undefined ? null : place(entry));
  row.dataset.message = entry.id;
  if (entry.instance) {
    row.dataset.instance = entry.instance;
    row.title = `${exactTime(entry.at)}, sent on ${entry.instance}`;
    lanes.mark(row, entry.instance);
  }

  return row;
}

function head(entry) {
  return element('p', { class: 'row__head' },
    element('b', { class: 'row__name', dir: 'auto' }, entry.name),
    element('time', { class: 'row__time', datetime: entry.at.toISOString() }, clockTime(entry.at)),
    entry.instance ? element('span', { class: 'row__instance' }, entry.instance) : null);
}

/** Its place in the room's stream. */
function place({ offset }) {
  return element('span', { class: 'row__offset', 'aria-hidden': 'true' }, String(offset));
}

function noticeRow({ text }) {
  return element('li', { class: 'row row--notice' }, element('p', { class: 'row__notice' }, text));
}

function pieces(text) {
  return linkify(text).map(piece => piece.href
    ? element('a', { href: piece.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, piece.text)
    : piece.text);
}

function isGrouped(entry, before) {
  return before?.kind === 'message' && before.name === entry.name && before.instance === entry.instance
    && entry.at - before.at < groupedWithinMs && isSameDay(before.at, entry.at);
}

function button(text, act) {
  const made = element('button', { class: 'button button--small', type: 'button' }, text);
  made.addEventListener('click', act);
  return made;
}
