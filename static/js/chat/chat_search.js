// Search in the lines that the page has (E66): those that hold all words are counted from the latest, and one after the
// other is brought into sight with its words marked.
import { find, findAll, maybe } from "../core/elements.js";
import { isSendingEnter } from "../core/keys.js";
import { foundIn, termsOf } from "./found_words.js";
import { markWords, unmarkWords } from "./marked_words.js";

export class ChatSearch {
  #place;
  #lines;
  #opener;
  #bar;
  #words;
  /** Lines that were found, the latest first. @type {HTMLElement[]} */
  #found = [];
  /** @type {HTMLElement | null} */
  #current = null;

  /**
   * @param {HTMLElement} place @param {HTMLElement} lines
   * @param {{on: (name: "changed", hear: () => void) => void}} chat
   */
  constructor(place, lines, chat) {
    this.#place = place;
    this.#lines = lines;
    this.#opener = find(place, "button[data-search-open]");
    this.#bar = find(place, "[data-search-bar]");
    this.#words = find(place, "input[data-search-words]");
    this.#opener.addEventListener("click", () => this.#open());
    this.#words.addEventListener("input", () => this.#search(null));
    find(place, "button[data-search-earlier]").addEventListener("click", () => this.#go(1));
    find(place, "button[data-search-later]").addEventListener("click", () => this.#go(-1));
    find(place, "button[data-search-close]").addEventListener("click", () => this.#close());
    this.#bar.addEventListener("keydown", (event) => this.#onKey(event));
    // A line that came, was edited or deleted; who reads one that was found stays there.
    chat.on("changed", () => !this.#bar.hidden && this.#search(this.#current));
  }

  #open() {
    this.#bar.hidden = false;
    this.#opener.ariaExpanded = "true";
    const note = maybe(this.#place, "[data-search-note]");
    if (note) note.hidden = false;
    this.#words.focus();
    this.#words.select();
    this.#search(null);
  }

  #close() {
    this.#bar.hidden = true;
    this.#opener.ariaExpanded = "false";
    const note = maybe(this.#place, "[data-search-note]");
    if (note) note.hidden = true;
    this.#unmark();
    this.#opener.focus();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.isComposing) return;
    const isInWords = event.target === this.#words;
    if (event.key === "Escape") this.#close();
    else if (isInWords && isSendingEnter(event)) this.#go(1);
    else if (isInWords && event.key === "Enter" && event.shiftKey) this.#go(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {HTMLElement | null} current the one to stay at, if it still is one */
  #search(current) {
    this.#unmark();
    const terms = termsOf(this.#words.value);
    for (const line of terms.length ? findAll(this.#lines, "[data-line]:not([data-deleted])").reverse() : []) {
      const text = textOf(line);
      const spans = text ? foundIn(text.textContent ?? "", terms) : [];
      if (!text || !spans.length) continue;
      markWords(text, spans);
      this.#found.push(line);
    }
    const stays = this.#found.find((line) => line === current);
    this.#show(stays ?? this.#found[0] ?? null, { moves: !stays });
  }

  /** To an earlier line, or with -1 to a later one; behind the last follows the first. @param {number} step */
  #go(step) {
    const { length } = this.#found;
    const here = this.#found.findIndex((line) => line === this.#current);
    this.#show(this.#found[(here + step + length) % length] ?? null, { moves: true });
  }

  /** @param {HTMLElement | null} line @param {{moves: boolean}} how */
  #show(line, { moves }) {
    this.#current?.removeAttribute("data-found");
    this.#current = line;
    line?.setAttribute("data-found", "");
    if (moves) line?.scrollIntoView({ block: "center" });
    const { textCount = "", textNone = "" } = this.#place.dataset;
    const place = line ? this.#found.indexOf(line) + 1 : 0;
    const told = textCount.replace("{place}", String(place)).replace("{count}", String(this.#found.length));
    const isAsked = termsOf(this.#words.value).length > 0;
    find(this.#place, "[data-search-count]").textContent = line ? told : isAsked ? textNone : "";
  }

  #unmark() {
    this.#current?.removeAttribute("data-found");
    for (const line of this.#found) {
      const text = textOf(line);
      if (text) unmarkWords(text);
    }
    this.#found = [];
  }
}

/** What it says, or the name of its file. @param {HTMLElement} line */
function textOf(line) {
  const words = maybe(line, "[data-text]");
  return words?.hidden ? maybe(line, "[data-file-name]") : words;
}
