/** The window's title: the room, and how much was said in it while nobody looked. */
export class WindowTitle {
  #room = '';
  #unseen = 0;

  constructor() {
    document.addEventListener('visibilitychange', () => {
      this.#unseen = 0;
      this.#show();
    });
  }

  room(name) {
    this.#room = name;
    this.#unseen = 0;
    this.#show();
  }

  added(messages) {
    if (!document.hidden) return;
    this.#unseen += messages.filter(message => !message.own).length;
    this.#show();
  }

  #show() {
    document.title = `${this.#unseen ? `(${this.#unseen}) ` : ''}${this.#room ? `${this.#room} · ` : ''}AspireChat`;
  }
}
