/** A duration as short as it can be said: `4.1 ms`, `66 ms`, `2.3 s`. @param {number} milliseconds */
export function readDuration(milliseconds) {
  if (milliseconds < 9.95) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
