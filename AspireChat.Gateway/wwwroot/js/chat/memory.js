/** What this browser remembers between visits. Where it may not, nothing is remembered, and nothing breaks. */

const prefix = 'aspirechat.';

export function recall(what) {
  try {
    return localStorage.getItem(prefix + what) ?? '';
  } catch {
    return '';
  }
}

export function remember(what, value) {
  try {
    localStorage.setItem(prefix + what, value);
  } catch {
    // Private windows and full disks.
  }
}
