// Seconds left until a moment, in every [data-seconds] of an element that is shown only while they run.
import { clock } from "../core/clock.js";

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
    this.#waiting = setTimeout(() => this.#show(until), patience);
  }

  stop() {
    clearTimeout(this.#waiting);
    clearInterval(this.#ticking);
    this.#element.hidden = true;
  }

  /** @param {string} until */
  #show(until) {
    const tick = () => {
      const left = clock.secondsUntil(until);
      for (const place of this.#element.querySelectorAll("[data-seconds]")) place.textContent = String(left);
    };
    tick();
    this.#element.hidden = false;
    this.#ticking = setInterval(tick, 1000);
  }
}
