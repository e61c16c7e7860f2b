// The console's commands in one list, found by typing: Ctrl or ⌘ and K, or "?", which also shows the key of each.
// They are the page's own buttons and links, so nothing is offered that the page does not offer.
import { closest, copyOf, find, findAll, isElement, maybe } from "../core/elements.js";
import { fold } from "../core/folding.js";
import {
  Shortcuts,
  commandsIn,
  isTyping,
  labelOf,
  opensList,
  press,
  shortcutOf,
  showKeys,
  tellKey,
} from "./shortcuts.js";

// Of the list; more than a console has, unless somebody has very many sessions.
const MOST = 60;

/** @typedef {{label: string, key: string, target: HTMLElement}} Command */
/** What it needs of the workspace. @typedef {{room: {root: HTMLElement} | undefined}} Place */

export class Commands {
  #dialog;
  #place;
  #field;
  #list;
  #template;
  #shortcuts = new Shortcuts();
  /** @type {Command[]} */
  #all = [];
  /** @type {Command[]} */
  #found = [];
  #chosen = 0;

  /** @param {HTMLDialogElement} dialog @param {Place} place */
  constructor(dialog, place) {
    this.#dialog = dialog;
    this.#place = place;
    this.#field = find(dialog, "input[role=combobox]");
    this.#list = find(dialog, "[role=listbox]");
    this.#template = find(dialog, "template");
    this.#field.addEventListener("input", () => this.#search());
    dialog.addEventListener("keydown", (event) => this.#onKey(event));
    this.#list.addEventListener("click", ({ target }) => this.#onPointed(target));
    const box = find(dialog, "input[type=checkbox]");
    box.checked = this.#shortcuts.areOn;
    box.addEventListener("change", () => this.#turn(box.checked));
    document.addEventListener("keydown", (event) => this.#onPageKey(event));
    document.addEventListener("click", ({ target }) => {
      if (closest(target, "[data-lists-commands]")) this.open();
    });
    document.addEventListener("region:refreshed", ({ target }) => {
      if (target instanceof HTMLElement) this.#showKeys(target);
    });
    this.#showKeys(document.body);
    // Sessions come and go, and with them the places of the others.
    const strip = maybe(document, "[data-session-tabs]");
    if (strip) new MutationObserver(() => this.#showKeys(strip)).observe(strip, { childList: true });
  }

  get #tabs() {
    return findAll(document, "[data-session-tabs] [role=tab]");
  }

  open() {
    if (document.querySelector("dialog[open]")) return;
    this.#all = this.#commands();
    this.#field.value = "";
    this.#search();
    this.#dialog.showModal();
  }

  /** Of the shown session, the sessions beside it, the ways through the site, and the tour. @returns {Command[]} */
  #commands() {
    const root = this.#place.room?.root;
    const sessions = this.#tabs.map((target, place) => ({ label: labelOf(target), key: keyOfTab(place), target }));
    const another = findAll(document, "[data-another-session] button").map((target) => ({
      label: labelOf(target),
      key: "",
      target,
    }));
    const ways = findAll(document, "#site-menu :is(a, [data-starts-tour])");
    const links = ways.map((target) => ({ label: labelOf(target), key: "", target }));
    const own = root ? commandsIn(root) : [];
    // What has a key is done most.
    own.sort((one, other) => Number(!one.key) - Number(!other.key));
    return [...own, ...sessions, ...another, ...links];
  }

  #search() {
    const words = fold(this.#field.value).split(" ").filter(Boolean);
    this.#found = this.#all.filter(({ label }) => words.every((word) => fold(label).includes(word))).slice(0, MOST);
    this.#list.replaceChildren(...this.#found.map((command, place) => this.#row(command, place)));
    const none = find(this.#dialog, "[data-none]");
    none.textContent = this.#found.length ? "" : (none.dataset.textNone ?? "");
    this.#field.ariaExpanded = String(this.#found.length > 0);
    this.#choose(0);
  }

  /** @param {Command} command @param {number} place */
  #row({ label, key }, place) {
    const row = copyOf(this.#template);
    row.id = `command-${place}`;
    find(row, "[data-word]").textContent = label;
    const sign = find(row, "kbd");
    sign.textContent = key;
    sign.hidden = !key || !this.#shortcuts.areOn;
    return row;
  }

  /** @param {number} place */
  #choose(place) {
    this.#chosen = Math.max(0, Math.min(place, this.#found.length - 1));
    const rows = findAll(this.#list, "[role=option]");
    rows.forEach((row, index) => (row.ariaSelected = String(index === this.#chosen)));
    const chosen = rows[this.#chosen];
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.#field.setAttribute("aria-activedescendant", chosen.id);
    else this.#field.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.target !== this.#field || event.isComposing) return;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => this.#choose(this.#chosen + 1),
      ArrowUp: () => this.#choose(this.#chosen - 1),
      Enter: () => this.#run(this.#found[this.#chosen]),
      // Of a search field, browsers would take what is written first.
      Escape: () => this.#dialog.close(),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** @param {EventTarget | null} target */
  #onPointed(target) {
    const row = isElement(target) ? target.closest("[role=option]") : null;
    if (row) this.#run(this.#found[[...this.#list.children].indexOf(row)]);
  }

  /** The focus is where it was before anything is pressed. @param {Command | undefined} command */
  #run(command) {
    if (!command) return;
    this.#dialog.close();
    // A region may have been drawn again meanwhile: then it is what has the name now.
    const now = this.#commands();
    const same = now.find(({ target }) => target === command.target);
    const named = now.find(({ label }) => label === command.label);
    const chosen = same ?? named;
    if (chosen) press(chosen.target);
  }

  /** @param {KeyboardEvent} event */
  #onPageKey(event) {
    if (opensList(event)) {
      event.preventDefault();
      this.open();
      return;
    }
    const key = shortcutOf(event);
    if (!key || event.repeat || event.defaultPrevented || event.isComposing) return;
    if (!this.#shortcuts.areOn || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (key === "?") {
      event.preventDefault();
      return this.open();
    }
    const command = this.#commands().find((each) => each.key === key);
    if (!command) return;
    event.preventDefault();
    press(command.target);
  }

  /** @param {boolean} on */
  #turn(on) {
    this.#shortcuts.areOn = on;
    this.#showKeys(document.body);
    this.#search();
  }

  /** @param {HTMLElement} root */
  #showKeys(root) {
    const { areOn } = this.#shortcuts;
    showKeys(root, areOn);
    this.#tabs.forEach((tab, place) => tellKey(tab, areOn ? keyOfTab(place) : ""));
  }
}

/** @param {number} place of nine tabs, by their digits */
function keyOfTab(place) {
  return place < 9 ? String(place + 1) : "";
}
