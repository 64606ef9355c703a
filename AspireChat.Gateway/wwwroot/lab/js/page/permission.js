import { openSession } from './session.js';

const ended = 'This page’s session has ended, so it is read-only now. Restart the app host, and open the lab’s new address.';

/** Whether this page may act. Tells it as a `change` event: at the start, and when the session turns out to have ended. */
export class Permission extends EventTarget {
  granted = false;
  #gateway;

  /** @param {import('./gateway.js').Gateway} gateway */
  constructor(gateway) {
    super();
    this.#gateway = gateway;
  }

  /** @returns {Promise<string | undefined>} What went wrong, for people to read. */
  async ask() {
    const { open, problem } = await openSession(this.#gateway);
    this.#set(open);
    return problem;
  }

  /** Runs what needs permission. The gateway knows best whether there is one still. */
  async using(action) {
    try {
      return await action();
    } catch (error) {
      if (error.status !== 401) throw error;

      this.#set(false);
      throw new Error(ended);
    }
  }

  #set(granted) {
    this.granted = granted;
    this.dispatchEvent(new CustomEvent('change', { detail: granted }));
  }
}
