import { byId, make } from './elements.js';
import { steps } from './tour-steps.js';
import { traceAddress } from './trace-address.js';

/** The guided tour: a panel beside the page that goes through the steps, and lights up what to look at. */
export class Tour {
  mayAct = false;
  surroundings = { instances: [], dashboard: null };
  #panel;
  #director;
  #notice;
  #rows;
  #index = 0;

  /**
   * @param {HTMLElement} panel
   * @param {import('./director.js').Director} director
   * @param {import('./notice.js').Notice} notice
   * @param {import('./rows.js').Rows} rows
   */
  constructor(panel, director, notice, rows) {
    this.#panel = panel;
    this.#director = director;
    this.#notice = notice;
    this.#rows = rows;
    panel.addEventListener('keydown', event => event.key === 'Escape' && this.#end());
  }

  begin() {
    this.#panel.hidden = false;
    this.#show(0);
  }

  #end() {
    this.#panel.hidden = true;
    this.#light(null);
    byId('tour-start').focus();
  }

  #show(index) {
    this.#index = index;
    const step = steps[index];
    this.#light(step.look);

    const input = step.input && make('input', { type: 'text', maxlength: '200', value: step.input, 'aria-label': 'Your message' });
    const outcome = make('div', { class: 'outcome', 'aria-live': 'polite' });
    const run = make('button', { type: 'button', class: 'button button--strong', text: step.action, click: () => this.#run(step, run, outcome, input) });
    const needsSession = step.mode && !this.mayAct;
    run.disabled = needsSession;

    this.#panel.replaceChildren(
      make('p', { class: 'progress', text: `Step ${index + 1} of ${steps.length}` }),
      make('h2', { id: 'tour-title', text: step.title, tabindex: '-1' }),
      make('p', { text: step.text }),
      ...(input ? [input] : []),
      run,
      outcome,
      this.#navigation(index));
    if (needsSession) outcome.append(make('p', { text: 'This page is read-only, so it cannot switch: open the address with a code that the app host prints.' }));
    this.#panel.querySelector('h2').focus();
  }

  #navigation(index) {
    const last = index === steps.length - 1;
    const back = make('button', { type: 'button', class: 'button', text: 'Back', click: () => this.#show(index - 1) });
    back.disabled = index === 0;
    return make('p', { class: 'navigation' },
      make('button', { type: 'button', class: 'button', text: 'Close', click: () => this.#end() }),
      back,
      make('button', { type: 'button', class: 'button', 'data-next': true, text: last ? 'Finish' : 'Next', click: () => (last ? this.#end() : this.#show(index + 1)) }));
  }

  async #run(step, button, outcome, input) {
    button.disabled = true;
    button.setAttribute('aria-busy', 'true');
    outcome.replaceChildren();
    await this.#notice.guard(async () => {
      const report = await step.run(this.#director, { instances: this.surroundings.instances, text: input?.value || 'hello' });
      outcome.replaceChildren(make('p', { text: step.outcome(report) }), ...this.#traceLink(step));
    });
    button.removeAttribute('aria-busy');
    button.disabled = false;
  }

  /** Only the last step is about one message, and only an app host with a dashboard has somewhere to look. */
  #traceLink(step) {
    const address = step.input && traceAddress(this.surroundings.dashboard, this.#rows.all[0]?.id);
    return address ? [make('a', { class: 'button button--strong', href: address, target: '_blank', rel: 'noopener', text: 'Open its trace in the dashboard' })] : [];
  }

  #light(id) {
    for (const lit of document.querySelectorAll('[data-lit]')) lit.removeAttribute('data-lit');
    if (!id) return;

    const section = byId(id).closest('section');
    section.setAttribute('data-lit', '');
    // On a phone the panel covers the lower half, so what it speaks of has to stand in the upper one.
    const narrow = matchMedia('(max-width: 64rem)').matches;
    section.scrollIntoView({ block: narrow ? 'start' : 'nearest', behavior: 'smooth' });
  }
}
