// What came while nobody looked: lines beside the chat; with the joins, on the session's tab and in the page's title.
import { findAll } from "../core/elements.js";
import { Emitter } from "../core/emitter.js";

/** @typedef {{changed: number}} UnreadEvents how much there is now */

let title = document.title;

/** @extends {Emitter<UnreadEvents>} */
export class Unread extends Emitter {
  #root;
  #count = 0;
  #lines = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    super();
    this.#root = root;
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("focus", () => this.look());
    // The tab of the conversation may be chosen by this press.
    document.addEventListener("click", () => this.look());
  }

  get count() {
    return this.#count;
  }

  /** Of the chat. */
  get lines() {
    return this.#lines;
  }

  addLine() {
    if (!this.#isLookedAt) this.#lines += 1;
    this.add();
  }

  add() {
    if (this.#isLookedAt) return;
    this.#count += 1;
    this.#show();
  }

  /** Somebody may be looking now: then nothing is unread. */
  look() {
    if (this.#isLookedAt) this.read();
  }

  /** Somebody has answered, wherever they read it. */
  read() {
    if (!this.#count) return;
    this.#count = this.#lines = 0;
    this.#show();
  }

  get #isLookedAt() {
    if (document.visibilityState !== "visible" || !document.hasFocus() || this.#root.hidden) return false;
    return !this.#root.querySelector("[role=tabpanel][hidden] [data-chat]");
  }

  #show() {
    for (const place of findAll(this.#root, "[data-unread]")) {
      place.textContent = String(this.#lines);
      place.hidden = !this.#lines;
    }
    this.emit("changed", this.#count);
  }
}

/** @param {number} count */
export function showInTitle(count) {
  document.title = count ? `(${count}) ${title}` : title;
}

/** What the page is about has another name now. @param {string} from @param {string} to */
export function renameTitle(from, to) {
  title = title.replace(from, () => to);
}
