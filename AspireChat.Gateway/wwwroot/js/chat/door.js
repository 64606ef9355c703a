import { byId } from './elements.js';
import { nameProblem, roomProblem, tidyName, tidyRoom } from './names.js';

/** Where a person says who they are and where they want to go. */
export class Door {
  #screen = byId('door');
  #fields = {
    name: { input: byId('door-name'), problem: byId('door-name-problem') },
    room: { input: byId('door-room'), problem: byId('door-room-problem') },
  };

  constructor(onEnter) {
    byId('door-form').addEventListener('submit', event => {
      event.preventDefault();
      const name = tidyName(this.#fields.name.input.value);
      const room = tidyRoom(this.#fields.room.input.value);
      const wrong = [this.#judge('name', nameProblem(name)), this.#judge('room', roomProblem(room))].find(Boolean);
      if (wrong) wrong.focus();
      else onEnter(room, name);
    });
  }

  open({ name = '', room = '', problem } = {}) {
    this.#screen.hidden = false;
    this.#fields.name.input.value = name;
    this.#fields.room.input.value = room;
    this.#judge('name', problem?.field === 'name' ? problem.text : '');
    this.#judge('room', problem?.field === 'room' ? problem.text : '');
    (name ? this.#fields.room : this.#fields.name).input.focus();
  }

  close() {
    this.#screen.hidden = true;
  }

  /** Shows what is wrong with a field, if anything; returns the input then. */
  #judge(field, text) {
    const { input, problem } = this.#fields[field];
    problem.textContent = text;
    input.setAttribute('aria-invalid', String(text !== ''));
    return text ? input : undefined;
  }
}
