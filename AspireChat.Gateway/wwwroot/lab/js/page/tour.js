import { dashboardAddress } from './dashboard-address.js';
import { byId, make } from './elements.js';
import { steps } from './tour-steps.js';

const readOnly = 'This page is read-only, so it cannot do that: open the address with a code that the app host prints.';

/** The guided tour: a panel beside the page that goes through the steps, and lights up what to look at. */
export class Tour {
  surroundings = { instances: [], dashboard: null };
  #panel;
  #director;
  #attempt;
  #rows;
  #permission;
  #room;
  #index = 0;

  /**
   * @param {{
   *   panel: HTMLElement,
   *   director: import('./director.js').Director,
   *   attempt(action: () => Promise<void>): Promise<void>,
   *   rows: import('./rows.js').Rows,
   *   permission: import('./permission.js').Permission,
   *   room: string,
   * }} parts
   */
  constructor({ panel, director, attempt, rows, permission, room }) {
    this.#panel = panel;
    this.#director = director;
    this.#attempt = attempt;
    this.#rows = rows;
    this.#permission = permission;
    this.#room = room;
    panel.addEventListener('keydown', event => event.key === 'Escape' && this.#end());
    permission.addEventListener('change', () => this.#panel.hidden || this.#show(this.#index));
  }

  begin() {
    this.#panel.hidden = false;
    this.#show(0);
    this.#panel.querySelector('h2').focus();
  }

  #go(index) {
    this.#show(index);
    this.#panel.querySelector('h2').focus();
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
    const next = this.#button(index === steps.length - 1 ? 'Finish' : 'Next', () => (index === steps.length - 1 ? this.#end() : this.#go(index + 1)), 'next');
    const run = this.#button(step.action, () => this.#run(step, { run, next, outcome, input }), 'run');
    run.classList.add('button--strong');
    const back = this.#button('Back', () => this.#go(index - 1));
    back.disabled = index === 0;
    input?.addEventListener('keydown', event => event.key === 'Enter' && !run.disabled && run.click());

    if (step.mode && !this.#permission.granted) {
      run.disabled = true;
      outcome.append(make('p', { text: readOnly }));
    }

    this.#panel.replaceChildren(
      progress(index),
      make('h2', { id: 'tour-title', text: step.title, tabindex: '-1' }),
      make('p', { text: step.text }),
      ...(input ? [input] : []),
      run,
      outcome,
      make('p', { class: 'navigation' }, this.#button('Close', () => this.#end()), back, next));
  }

  #button(text, click, role = false) {
    return make('button', { type: 'button', class: 'button', 'data-role': role, text, click });
  }

  async #run(step, { run, next, outcome, input }) {
    run.disabled = true;
    run.setAttribute('aria-busy', 'true');
    outcome.replaceChildren(make('p', { class: 'hint', text: step.meanwhile }));
    let said = [];
    await this.#attempt(async () => {
      const instances = this.surroundings.instances.filter(instance => instance.healthy).map(instance => instance.name);
      const report = await step.run(this.#director, { instances, text: input?.value || 'hello' });
      said = [make('p', { text: step.outcome(report) }), ...this.#traceLink(step)];
    });
    outcome.replaceChildren(...said);
    run.removeAttribute('aria-busy');
    run.disabled = false;
    if (said.length === 0) return;

    // It is done, and can be done again; now the way leads on.
    run.classList.remove('button--strong');
    if (said.length === 1) next.classList.add('button--strong');
  }

  /** Only the last step is about one message, and only an app host with a dashboard has somewhere to look. */
  #traceLink(step) {
    if (!step.input || !this.surroundings.dashboard) return [];

    const href = dashboardAddress({ room: this.#room, offset: this.#rows.all[0]?.offset });
    return [make('a', { class: 'button button--strong', href, target: '_blank', rel: 'noopener', text: 'Open its trace in the dashboard' })];
  }

  #light(id) {
    for (const lit of document.querySelectorAll('[data-lit]')) lit.removeAttribute('data-lit');
    if (!id) return;

    const section = byId(id).closest('section');
    section.setAttribute('data-lit', '');
    // On a phone the panel covers the lower half, so what it speaks of has to stand in the upper one.
    const narrow = matchMedia('(max-width: 64rem)').matches;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    section.scrollIntoView({ block: narrow ? 'start' : 'nearest', behavior: still ? 'auto' : 'smooth' });
  }
}

/** How far one has come: in words, and as a row of dots. */
const progress = index => make('p', { class: 'progress' },
  make('span', { text: `Step ${index + 1} of ${steps.length}` }),
  make('span', { class: 'dots', 'aria-hidden': 'true' }, ...steps.map((_, at) => make('i', { 'data-done': at <= index }))));
