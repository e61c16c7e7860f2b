// Seconds left until a moment, in every [data-seconds] of an element that is shown only while they run.
import { clock } from "../core/clock.js";

// Milliseconds: a page that merely reloads is back before anybody is worried.
const PATIENCE = 1_500;

export class Countdown {
  #element;
  #until = "";
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
    this.#until = until;
    this.#waiting = setTimeout(() => this.#show(), patience);
  }

  /** It ends at another time; what is shown goes on, and what is not shown yet still waits. @param {string} until */
  move(until) {
    if (this.#waiting === undefined) return this.start(until);
    this.#until = until;
    if (!this.#element.hidden) this.#tick();
  }

  stop() {
    clearTimeout(this.#waiting);
    clearInterval(this.#ticking);
    this.#waiting = undefined;
    this.#element.hidden = true;
  }

  #show() {
    this.#tick();
    this.#element.hidden = false;
    this.#ticking = setInterval(() => this.#tick(), 1000);
  }

  #tick() {
    const left = clock.secondsUntil(this.#until);
    for (const place of this.#element.querySelectorAll("[data-seconds]")) place.textContent = String(left);
  }
}
