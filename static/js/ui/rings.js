// <span data-ring data-until="ISO time" data-seconds="60">: a ring that runs down to that time by the server's clock,
// and the seconds in every [data-ring-seconds] of it. Regions draw rings and take them away; nothing runs while there
// are none.
import { clock } from "../core/clock.js";
import { findAll } from "../core/elements.js";
import { announce } from "./announcer.js";

// Milliseconds; and the seconds from which on little time is left.
const EVERY = 500;
const SOON = 10;

export class Rings {
  #root;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;
  /** Of which one it was said that little time is left. @type {Set<string>} */
  #told = new Set();

  /** @param {ParentNode & EventTarget} root */
  constructor(root) {
    this.#root = root;
    root.addEventListener("region:refreshed", () => this.#tick());
    this.#tick();
  }

  #tick() {
    const rings = findAll(this.#root, "[data-ring]");
    for (const ring of rings) this.#draw(ring);
    if (rings.length) this.#ticking ??= setInterval(() => this.#tick(), EVERY);
    else {
      clearInterval(this.#ticking);
      this.#ticking = undefined;
    }
  }

  /** @param {HTMLElement} ring */
  #draw(ring) {
    const { ring: key = "", until = "", seconds = "", textSoon } = ring.dataset;
    const left = clock.secondsUntil(until);
    ring.style.setProperty("--left", String(shareLeft(until, Number(seconds))));
    for (const place of findAll(ring, "[data-ring-seconds]")) {
      if (place.textContent !== String(left)) place.textContent = String(left);
    }
    ring.toggleAttribute("data-soon", left <= SOON);
    if (!textSoon || left > SOON || this.#told.has(key)) return;
    this.#told.add(key);
    announce(textSoon, { urgent: true });
  }
}

/** From 1 to 0. @param {string} until @param {number} seconds */
function shareLeft(until, seconds) {
  const share = (Date.parse(until) - clock.now) / (seconds * 1000);
  return Number(Math.min(1, Math.max(0, share)).toFixed(3));
}
