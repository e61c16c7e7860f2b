// The emoji picker of the message box. Its emoji are fetched when it is first opened; what is chosen is put where the
// caret was, and is sent like anything that was typed there.
import { closest, find, findAround } from "../core/elements.js";
import { getJson } from "../core/http.js";
import { isSendingEnter } from "../core/keys.js";
import { EmojiGrid } from "./emoji_grid.js";
import { EmojiSearch } from "./emoji_search.js";
import { RecentEmoji } from "./recent_emoji.js";

// Pixels: as high as it gets; as low, for a row of emoji to be seen below the field; and what stays free above it, for
// the chat cuts off what reaches beyond.
const HIGHEST = 384;
const LOWEST = 152;
const FREE = 8;

export class EmojiPicker {
  #place;
  #button;
  #panel;
  #query;
  #status;
  #field;
  #form;
  #grid;
  // The chat becomes lower while it is open: a keyboard comes, or the message grows.
  #fitting = new ResizeObserver(() => this.#fit());
  #recent = new RecentEmoji();
  /** @type {import("./emoji_search.js").Listed | null} */
  #listed = null;
  /** @type {EmojiSearch | null} */
  #search = null;

  /** @param {HTMLElement} place @param {HTMLTextAreaElement} field */
  constructor(place, field) {
    this.#place = place;
    this.#field = field;
    this.#form = findAround(place, "form");
    this.#button = find(place, "button[data-emoji-button]");
    this.#panel = find(place, "[data-emoji-panel]");
    this.#query = find(place, "input[data-emoji-query]");
    this.#status = find(place, "[data-emoji-status]");
    this.#grid = new EmojiGrid(find(place, "[data-emoji-grid]"), find(place, "template[data-emoji-group]"));
    this.#button.addEventListener("click", () => (this.#panel.hidden ? this.#open() : this.#close()));
    this.#query.addEventListener("input", () => this.#show());
    place.addEventListener("keydown", (event) => this.#onKey(event));
    this.#panel.addEventListener("click", ({ target }) => {
      const cell = closest(target, "[data-emoji]");
      if (cell) this.#choose(cell.dataset.emoji ?? "");
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (target instanceof Node && !place.contains(target)) this.#hide();
    });
    place.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !place.contains(relatedTarget)) this.#hide();
    });
  }

  async #open() {
    this.#panel.hidden = false;
    this.#button.ariaExpanded = "true";
    this.#fit();
    for (const around of [this.#form, findAround(this.#form, "[data-chat]")]) this.#fitting.observe(around);
    this.#query.value = "";
    // Under a finger the field would bring up a keyboard, which leaves no room for the emoji.
    (matchMedia("(pointer: coarse)").matches ? this.#panel : this.#query).focus({ preventScroll: true });
    this.#show();
    if (this.#listed) return;
    this.#say(this.#place.dataset.textLoading);
    try {
      /** @type {import("./emoji_search.js").Listed} */
      const listed = await getJson(this.#place.dataset.emojiUrl ?? "");
      this.#listed = listed;
      this.#search = new EmojiSearch(listed);
      this.#show();
    } catch (refusal) {
      this.#say(refusal.message);
    }
  }

  /** Into what is above the form; where that is too little, over the form. */
  #fit() {
    const room = this.#form.offsetTop - FREE;
    const missing = Math.max(LOWEST - room, 0);
    this.#panel.style.blockSize = `${Math.min(HIGHEST, room + missing)}px`;
    this.#panel.style.insetBlockEnd = `calc(100% - ${missing}px)`;
  }

  /** What is found or, without a word to look for, all of them. */
  #show() {
    if (!this.#listed || !this.#search) return;
    const query = this.#query.value.trim();
    const found = this.#search.search(query);
    this.#grid.show(query ? [{ name: this.#place.dataset.textFound ?? "", emoji: found }] : this.#groups);
    const { textNone, textCount = "" } = this.#place.dataset;
    if (!query) this.#say("");
    else this.#say(found.length ? textCount.replace("{count}", String(found.length)) : textNone);
  }

  get #groups() {
    const names = namesOf(this.#place.dataset);
    const all = Object.entries(this.#listed ?? {}).map(([group, rows]) => ({
      name: names[group] ?? group,
      emoji: rows.map(([sign, name]) => ({ sign, name })),
    }));
    const recent = this.#search?.named(this.#recent.signs) ?? [];
    return [{ name: this.#place.dataset.textRecent ?? "", emoji: recent }, ...all];
  }

  /** @param {string | undefined} words */
  #say(words) {
    this.#status.textContent = words ?? "";
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (this.#panel.hidden || event.isComposing) return;
    const isInQuery = event.target === this.#query;
    if (event.key === "Escape") this.#close();
    else if (event.key === "ArrowDown" && (isInQuery || event.target === this.#panel)) this.#grid.first?.focus();
    else if (event.key === "Enter" && isInQuery) this.#onEnter(event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Chooses the first of those that were found; with Shift, too, it sends nothing. @param {KeyboardEvent} event */
  #onEnter(event) {
    const sign = isSendingEnter(event) && this.#query.value.trim() && this.#grid.first?.dataset.emoji;
    if (sign) this.#choose(sign);
  }

  /** @param {string} sign */
  #choose(sign) {
    const field = this.#field;
    const { selectionStart: from, selectionEnd: to } = field;
    const length = field.value.length - (to - from) + sign.length;
    if (length > field.maxLength) return this.#say(this.#place.dataset.textFull);
    this.#hide();
    field.focus();
    field.setRangeText(sign, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.#recent.add(sign);
  }

  #close() {
    this.#hide();
    this.#button.focus();
  }

  #hide() {
    this.#fitting.disconnect();
    this.#panel.hidden = true;
    this.#button.ariaExpanded = "false";
  }
}

/** @param {DOMStringMap} texts @returns {Record<string, string | undefined>} */
function namesOf({ textFaces, textPeople, textHearts, textNature, textFood, textPlaces, textThings, textSigns }) {
  const [faces, people, hearts, nature] = [textFaces, textPeople, textHearts, textNature];
  return { faces, people, hearts, nature, food: textFood, places: textPlaces, things: textThings, signs: textSigns };
}
