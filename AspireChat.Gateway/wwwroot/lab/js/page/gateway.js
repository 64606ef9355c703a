/** What the page asks of the gateway. Each call throws an Error whose message can be shown. */
export class Gateway {
  /** Exchanges the single-use code of the printed address for a session. */
  openSession(code) {
    return this.#change('POST', '/admin/session', { code });
  }

  /** @returns {Promise<boolean>} Whether this browser may act. */
  async hasSession() {
    return (await this.#ask('GET', '/admin/session')).open;
  }

  /** @returns {Promise<{ dashboard: string | null, instances: { name: string, healthy: boolean }[] }>} */
  surroundings() {
    return this.#ask('GET', '/lab/surroundings');
  }

  switchTo(mode) {
    return this.#change('PUT', '/admin/backplane', { mode });
  }

  /** @param {string} instance @param {string} fault @param {object} [settings] */
  fault(instance, fault, settings = {}) {
    return this.#change('POST', `/admin/instances/${encodeURIComponent(instance)}/faults/${fault}`, settings);
  }

  #change(method, path, body) {
    return this.#ask(method, path, { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  }

  async #ask(method, path, more = {}) {
    const response = await fetch(path, { method, signal: AbortSignal.timeout(15_000), ...more });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}. ${messageIn(text)}`.trim());

    return text ? JSON.parse(text) : null;
  }
}

function messageIn(text) {
  try {
    return JSON.parse(text).message ?? '';
  } catch {
    return text.slice(0, 200);
  }
}
