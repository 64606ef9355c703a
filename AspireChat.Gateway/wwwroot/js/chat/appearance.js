import { byId, element } from './elements.js';
import { recall, remember } from './memory.js';

const choices = { auto: 'As the system', light: 'Light', dark: 'Dark' };

/** Light or dark: as the system has it, unless told otherwise. */
export function offerAppearance() {
  const chosen = Object.hasOwn(choices, recall('appearance')) ? recall('appearance') : 'auto';
  apply(chosen);

  byId('appearance').replaceChildren(...Object.entries(choices).map(([value, text]) => {
    const input = element('input', { type: 'radio', name: 'appearance', value, class: 'choice__input', checked: value === chosen });
    input.addEventListener('change', () => {
      apply(value);
      remember('appearance', value);
    });
    return element('label', { class: 'choice__one' }, input, element('span', { class: 'choice__text' }, text));
  }));
}

function apply(value) {
  document.documentElement.dataset.appearance = value;
}
