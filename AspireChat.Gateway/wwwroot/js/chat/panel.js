import { byId, element } from './elements.js';
import { modeHint, modeSentence } from './modes.js';

const namesShown = 100;

/** What there is to know about the room: who serves me, the mode, who is here. On a phone it folds away. */
export class Panel {
  #lanes;
  #facts = byId('facts');

  constructor(lanes) {
    this.#lanes = lanes;
    const panel = byId('panel');
    this.#facts.addEventListener('click', () => this.#open(panel, !panel.classList.contains('panel--open')));
    document.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || !panel.classList.contains('panel--open')) return;
      this.#open(panel, false);
      this.#facts.focus();
    });
  }

  room(name) {
    byId('room-name').textContent = name;
    byId('second-window').href = `/?room=${encodeURIComponent(name)}`;
  }

  served(instance, mode) {
    for (const id of ['facts-instance', 'served-instance']) {
      byId(id).textContent = instance;
      this.#lanes.mark(byId(id), instance);
    }

    byId('facts-mode').textContent = mode;
    byId('mode-name').textContent = mode;
    byId('mode-sentence').textContent = modeSentence(mode);

    const hint = modeHint(mode, instance);
    byId('hint').textContent = hint;
    byId('hint').hidden = !hint;
  }

  people(names, count, self) {
    byId('facts-members').textContent = `${count} here`;
    const sorted = [...names].sort((a, b) => (b === self) - (a === self) || a.localeCompare(b)).slice(0, namesShown);
    byId('people').replaceChildren(...sorted.map(name => element('li', { class: 'people__one' },
      element('span', { class: 'people__name', dir: 'auto' }, name),
      name === self ? element('span', { class: 'people__self' }, 'you') : null)));

    const more = byId('people-more');
    more.hidden = count <= sorted.length;
    more.textContent = `and ${count - sorted.length} more`;
  }

  #open(panel, open) {
    panel.classList.toggle('panel--open', open);
    this.#facts.setAttribute('aria-expanded', String(open));
  }
}
