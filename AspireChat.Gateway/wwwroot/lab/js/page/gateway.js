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

  async switchTo(mode) {
    try {
      await this.#change('PUT', '/admin/backplane', { mode });
    } catch (error) {
      // One that was killed a moment ago is still waited for, until its lease ends. What counts is what the clients are told.
      if (error.code !== 'unconfirmed') throw error;
    }
  }

  /** @param {string} instance @param {string} fault @param {object} [settings] */
  fault(instance, fault, settings = {}) {
    return this.#change('POST', `/admin/instances/${encodeURIComponent(instance)}/faults/${fault}`, settings);
  }

  #change(method, path, body) {
    return this.#ask(method, path, { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  }

  async #ask(method, path, more = {}) {
    const response = await fetch(path, { method, signal: AbortSignal.timeout(15_000), ...more }).catch(error => {
      throw new Error(error.name === 'TimeoutError' ? 'The gateway did not answer within 15 s.' : 'The gateway cannot be reached.');
    });
    const text = await response.text();
    if (!response.ok) throw refusal(response.status, text);

    return text ? JSON.parse(text) : null;
  }
}

/** What an answer says for people, and its code for the page; a proxy's own answer may have neither. */
function refusal(status, text) {
  let answer = {};
  try {
    answer = JSON.parse(text);
  } catch {
    // Not one of ours.
  }

  return Object.assign(new Error(answer.message ?? `It was answered with ${status}.`), { status, code: answer.code });
}
