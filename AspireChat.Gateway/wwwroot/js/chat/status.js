import { byId, element } from './elements.js';

const shownForMs = 4_000;
const slowMs = 500;

/** The line above the composer that tells how the connection is, while it is not simply well. */
export class Status {
  #line = byId('status');
  #timer;
  #wasLost = false;
  #act;

  constructor({ onRetry, onAgain }) {
    this.#act = { retry: onRetry, again: onAgain };
  }

  connecting() {
    // A connection that is there at once needs no words.
    this.#after(this.#line.hidden ? slowMs : 0, () => this.#show('calm', this.#wasLost ? 'Reconnecting…' : 'Connecting…'));
  }

  waiting({ delayMs, close }) {
    this.#wasLost = true;
    const why = navigator.onLine ? sentence(close?.because ?? 'the connection was lost') : 'This device seems to be offline.';
    this.#countDown(why, Date.now() + delayMs);
  }

  moving(instance, reason) {
    this.#wasLost = true;
    const why = reason === 'draining' ? `${instance} is being shut down in good order.` : `${instance} passes you on, to spread the load.`;
    this.#show('calm', `${why} You are moved to another instance.`);
  }

  /** Joined, for the first time or again. */
  joined(instance, { recovered, missed }) {
    if (!this.#wasLost) return this.hide();

    this.#wasLost = false;
    const what = recovered ? 'Nothing was missed.' : missed ? 'Something may have been missed.' : '';
    this.#show('well', `Back, served by ${instance}. ${what}`);
    this.#after(shownForMs, () => this.hide());
  }

  closed(close) {
    this.#show('bad', `${sentence(close?.because ?? 'the connection was closed')} There will be no further try.`, button('Connect again', this.#act.again));
  }

  problem(text) {
    this.#show('bad', text);
    this.#after(shownForMs, () => this.hide());
  }

  hide() {
    this.#after(0, () => {});
    this.#line.hidden = true;
  }

  #countDown(why, until) {
    const left = Math.ceil((until - Date.now()) / 1_000);
    const when = left > 1 ? `Next try in ${left} s.` : 'Trying again…';
    this.#show('bad', `${why} ${when}`, left > 1 ? button('Try now', this.#act.retry) : null);
    if (left > 1) this.#after(1_000, () => this.#countDown(why, until));
  }

  #show(tone, text, action = null) {
    clearTimeout(this.#timer);
    this.#line.hidden = false;
    this.#line.className = `status status--${tone}`;

    // The button stays the same one while the seconds count down, so that it keeps the focus.
    const shown = this.#line.querySelector('button');
    if (action && shown?.textContent === action.textContent) shown.previousElementSibling.textContent = text;
    else this.#line.replaceChildren(element('span', { class: 'status__text' }, text), ...action ? [action] : []);
  }

  #after(ms, then) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }
}

function sentence(because) {
  return `${because[0].toUpperCase()}${because.slice(1)}.`;
}

function button(text, act) {
  const made = element('button', { class: 'button button--small', type: 'button' }, text);
  made.addEventListener('click', act);
  return made;
}
