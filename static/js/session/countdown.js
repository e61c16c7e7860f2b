// Seconds left until a moment, in every [data-seconds] of an element that is shown only while they run.

// Milliseconds: a page that merely reloads is back before anybody is worried.
const PATIENCE = 1_500;

export class Countdown {
  #element;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /** @param {string} until ISO time */
  start(until, patience = PATIENCE) {
    this.stop();
    this.#waiting = setTimeout(() => this.#show(Date.parse(until)), patience);
  }

  stop() {
    clearTimeout(this.#waiting);
    clearInterval(this.#ticking);
    this.#element.hidden = true;
  }

  /** @param {number} until */
  #show(until) {
    const tick = () => {
      const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      for (const place of this.#element.querySelectorAll("[data-seconds]")) place.textContent = String(left);
    };
    tick();
    this.#element.hidden = false;
    this.#ticking = setInterval(tick, 1000);
  }
}
