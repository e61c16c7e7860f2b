// The keys of reactions. However many lines there are, Tab stops once: at the way to react to one of them, the last at
// first. Up and down lead to those of the other lines, sideways to what the line was given, and through the signs.
import { closest, find, findAll, findAround } from "../core/elements.js";

const REACT = "[data-react]";
const STOPS = "[data-react], [data-reaction]";

export class ReactionKeys {
  #lines;
  #close;

  /** @param {HTMLElement} lines @param {() => void} close take the signs away */
  constructor(lines, close) {
    this.#lines = lines;
    this.#close = close;
    lines.addEventListener("keydown", (event) => this.#onKey(event));
    lines.addEventListener("focusin", ({ target }) => {
      const button = closest(target, REACT);
      if (button) this.#stopAt(button);
    });
  }

  /** A line has come or gone: the last is the one to stop at, unless one of them has the focus. */
  mind() {
    const buttons = findAll(this.#lines, REACT);
    const last = buttons.at(-1);
    if (last && !buttons.some((button) => button === document.activeElement)) this.#stopAt(last);
  }

  /** @param {HTMLElement} chosen */
  #stopAt(chosen) {
    for (const button of findAll(this.#lines, `${REACT}[tabindex="0"]`)) button.tabIndex = -1;
    chosen.tabIndex = 0;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const place = closest(event.target, "[data-signs]");
    const to = place ? this.#among(place, event) : this.#between(event);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    to.focus();
  }

  /** Among the signs to choose from. @param {HTMLElement} place @param {KeyboardEvent} event */
  #among(place, event) {
    const signs = findAll(place, "[data-sign]");
    const here = signs.findIndex((sign) => sign === event.target);
    const step = stepOf(event);
    if (step) return signs[(here + step + signs.length) % signs.length];
    if (event.key !== "Escape") return null;
    const button = find(findAround(place, "[data-line]"), REACT);
    this.#close();
    return button;
  }

  /** Between lines, and what they were given. @param {KeyboardEvent} event */
  #between(event) {
    const stop = closest(event.target, STOPS);
    const line = closest(stop, "[data-line]");
    if (!stop || !line) return null;
    const step = stepOf(event);
    if (step) {
      const stops = [...findAll(line, REACT), ...findAll(line, "[data-reaction]")];
      return stops[stops.indexOf(stop) + step];
    }
    const buttons = findAll(this.#lines, REACT);
    const here = buttons.findIndex((button) => line.contains(button));
    /** @type {Record<string, number>} */
    const places = { ArrowUp: here - 1, ArrowDown: here + 1, Home: 0, End: buttons.length - 1 };
    return buttons[places[event.key]];
  }
}

/** Sideways, as the page is read. @param {KeyboardEvent} event */
function stepOf({ key }) {
  const forward = document.dir === "rtl" ? -1 : 1;
  if (key === "ArrowRight") return forward;
  return key === "ArrowLeft" ? -forward : 0;
}
