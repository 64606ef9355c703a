const code = /^#code=(.+)$/;

/**
 * Opens a session with the code of the printed address, or finds the one that this browser already has. The code leaves
 * the address before it is used: it must not stay in the history, or on the screen that everybody looks at.
 *
 * @param {import('./gateway.js').Gateway} gateway
 * @returns {Promise<{ open: boolean, problem?: string }>}
 */
export async function openSession(gateway) {
  const found = code.exec(location.hash);
  if (found) history.replaceState(null, '', location.pathname + location.search);

  try {
    if (found) await gateway.openSession(decodeURIComponent(found[1]));
    return { open: await gateway.hasSession() };
  } catch (error) {
    return { open: await gateway.hasSession().catch(() => false), problem: error.message };
  }
}
