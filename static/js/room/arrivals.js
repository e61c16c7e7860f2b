// The sessions of a page whose room is still on its way. One has a tab already, and a panel that says that it comes;
// one that came into being meanwhile gets its tab with its room.
import { find } from "../core/elements.js";
import { Emitter } from "../core/emitter.js";
import { Opening } from "./opening.js";

/**
 * @typedef {Record<string, string | undefined>} Where what the page needs to hold a session
 * @typedef {{root: HTMLElement, tab: Element, opening: Opening, panel: HTMLElement | null}} Arrival in whose panel's
 *   place the room comes; null for one without a tab
 */

/**
 * gone: it was over before its room had come. slow: one without a tab is asked for again.
 * @typedef {{arrived: Arrival, gone: {key: string, ended: import("./opening.js").Ended | null}, slow: void}
 *   } ArrivalsEvents
 */

/** @extends {Emitter<ArrivalsEvents>} */
export class Arrivals extends Emitter {
  #panels;
  #strip;
  /** @type {Map<string, Opening>} */
  #openings = new Map();
  /** @type {Map<string, Promise<void>>} those that get a tab with their room */
  #coming = new Map();

  /** @param {import("./panels.js").Panels} panels @param {import("./tab_strip.js").TabStrip | null} strip */
  constructor(panels, strip) {
    super();
    this.#panels = panels;
    this.#strip = strip;
  }

  /** The sessions that are on their way. */
  get keys() {
    return [...this.#openings.keys()];
  }

  /**
   * Wait for the room of a session that has a tab.
   * @param {string} key @param {Where} where
   * @param {{isHeld?: boolean, isHidden: boolean}} how
   */
  async awaitTab(key, where, { isHeld = true, isHidden }) {
    const opening = this.#begin(key, where, isHeld);
    const panel = this.#panels.hold(key, isHidden);
    opening.on("trouble", () => {
      this.#strip?.connection(key, "reconnecting");
      find(panel, "[data-trouble]").hidden = false;
    });
    await this.#finish(key, opening, panel);
  }

  /** Wait for a session that came into being elsewhere, or just now here. @param {string} key */
  async awaitNew(key) {
    if (this.#panels.find(key)) return;
    const coming = this.#coming.get(key) ?? this.#bringNew(key).finally(() => this.#coming.delete(key));
    this.#coming.set(key, coming);
    await coming;
  }

  /** @param {string} key */
  async #bringNew(key) {
    if (!this.#strip) return;
    const opening = this.#begin(key, this.#strip.addressesOf(key), true);
    opening.on("trouble", () => this.emit("slow"), { once: true });
    await this.#finish(key, opening, null);
  }

  /** @param {string} key @param {Where} where @param {boolean} isHeld */
  #begin(key, where, isHeld) {
    const opening = new Opening(key, where, isHeld);
    this.#openings.set(key, opening);
    opening.on("gone", (ended) => {
      this.#openings.delete(key);
      this.emit("gone", { key, ended });
    });
    return opening;
  }

  /** @param {string} key @param {Opening} opening @param {HTMLElement | null} panel */
  async #finish(key, opening, panel) {
    const come = await opening.come().finally(() => this.#openings.delete(key));
    if (come) this.emit("arrived", { ...come, opening, panel });
  }
}
