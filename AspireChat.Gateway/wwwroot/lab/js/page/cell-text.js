import { Flag, Verdict, verdictOf } from '../measure/cell.js';
import { readDuration } from './durations.js';

const kinds = {
  [Verdict.Pending]: 'pending',
  [Verdict.Received]: 'received',
  [Verdict.Resumed]: 'resumed',
  [Verdict.Late]: 'late',
  [Verdict.Missed]: 'missed',
  [Verdict.Excused]: 'excused',
};

const signs = { pending: '·', resumed: '↻', late: '◔', missed: '✗', excused: '' };

/**
 * How a cell of the matrix reads: its kind for the style, a few characters for the eye, words for the ear.
 * @param {number} cell
 * @param {number} latency Milliseconds.
 */
export function readCell(cell, latency) {
  const kind = kinds[verdictOf(cell)];
  const repeated = (cell & Flag.Repeated) !== 0;
  const reordered = (cell & Flag.Reordered) !== 0;
  const arrived = kind === 'received' || kind === 'resumed' || kind === 'late';

  const words = [kind === 'excused' ? 'not owed' : kind];
  if (arrived) words.push(`after ${readDuration(latency)}`);
  if (repeated) words.push('repeated');
  if (reordered) words.push('out of order');
  return {
    kind: repeated ? 'repeated' : reordered ? 'reordered' : kind,
    text: `${signs[kind] ?? ''}${kind === 'received' ? bare(latency) : ''}${repeated ? '×2' : ''}${reordered ? '⇅' : ''}`,
    label: words.join(', '),
  };
}

const slowFrom = 200; // Milliseconds: longer than any ordinary way takes.

/** Whether it was long under way: read from the history, most likely, after it had passed somebody by. */
export const isSlow = (cell, latency) => verdictOf(cell) === Verdict.Received && latency >= slowFrom;

/** Without the unit, which the matrix says once for all. */
const bare = latency => readDuration(latency).replace(' ms', '');
