// What a button is called, and which key presses it, beside the button: for a pointer after a moment, for the focus at
// once. A browser shows a title to pointers alone. The words of the rail and of the tray stand beside their icons by
// style alone; where the rail has no room for them, they are shown here.
import { closest, isElement, maybe } from "../core/elements.js";
import { labelOf } from "./shortcuts.js";

// Milliseconds: until a pointer means it; while it goes on from one button to the next, it does.
const WAIT = 350;
const GOES_ON = 400;
// Pixels, between the two and to the edge of the window.
const GAP = 6;
const TOLD = ":is(button, a, summary, [role=tab]):is([title], [aria-keyshortcuts], [aria-label], [data-shortcut])";
const RAIL_TELLS = "(width >= 45rem) and (height >= 38rem)";

export class Tooltips {
  #document;
  #tip;
  /** @type {HTMLElement | null} */
  #target = null;
  #title = "";
  #hiddenAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Document} [there] the page's, or that of the tray's own window */
  constructor(there = document) {
    this.#document = there;
    this.#tip = there.createElement("div");
    this.#tip.className = "tooltip";
    this.#tip.popover = "manual";
    // It says what readers have heard already as name, description and shortcut.
    this.#tip.ariaHidden = "true";
    there.body.append(this.#tip);
    there.addEventListener("pointerover", (event) => this.#onPointer(event));
    there.addEventListener("focusin", ({ target }) => this.#onFocus(target));
    there.addEventListener("focusout", () => this.#hide());
    there.addEventListener("pointerdown", () => this.#hide(), { capture: true });
    there.addEventListener("keydown", ({ key }) => key === "Escape" && this.#hide(), { capture: true });
    // What a pointer rests on meanwhile is still told.
    there.addEventListener("scroll", () => this.#target && this.#hide(), { capture: true, passive: true });
    there.addEventListener("region:refreshed", () => this.#target?.isConnected === false && this.#hide());
  }

  /** @param {PointerEvent} event */
  #onPointer({ target, pointerType }) {
    // It may be pointed at itself, to be read at leisure.
    if (isElement(target) && this.#tip.contains(target)) return;
    const told = pointerType === "touch" ? null : toldOf(target);
    if (told === this.#target && told) return;
    clearTimeout(this.#timer);
    if (!told) return this.#hideUnlessFocused();
    const wait = this.#target || Date.now() - this.#hiddenAt < GOES_ON ? 0 : WAIT;
    this.#timer = setTimeout(() => this.#show(told), wait);
  }

  /** @param {EventTarget | null} target */
  #onFocus(target) {
    const told = toldOf(target);
    if (told && isElement(target) && target.matches(":focus-visible")) this.#show(told);
  }

  /** @param {HTMLElement} target */
  #show(target) {
    if (target === this.#target || !target.isConnected) return;
    this.#hide();
    const { words, key } = contentOf(target);
    if (!words) return;
    this.#target = target;
    this.#takeTitle(target);
    const name = Object.assign(this.#document.createElement("bdi"), { textContent: words });
    const sign = Object.assign(this.#document.createElement("kbd"), { textContent: key, dir: "ltr" });
    this.#tip.replaceChildren(name, ...(key ? [sign] : []));
    this.#tip.showPopover();
    this.#put(target.getBoundingClientRect());
  }

  /** So that the browser does not show it too; readers keep it. @param {HTMLElement} target */
  #takeTitle(target) {
    this.#title = target.title;
    if (!this.#title) return;
    if (this.#title !== labelOf(target)) target.setAttribute("aria-description", this.#title);
    target.removeAttribute("title");
  }

  #giveTitleBack() {
    const target = this.#target;
    if (!target || !this.#title) return;
    target.removeAttribute("aria-description");
    target.title = this.#title;
  }

  #hideUnlessFocused() {
    if (this.#target?.matches(":focus-visible")) return;
    // On its way to the words.
    this.#timer = setTimeout(() => this.#tip.matches(":hover") || this.#hide(), GAP * 20);
  }

  #hide() {
    clearTimeout(this.#timer);
    if (!this.#target) return;
    this.#giveTitleBack();
    this.#target = null;
    this.#hiddenAt = Date.now();
    this.#tip.hidePopover();
  }

  /** Below it, or above where there is no room. @param {DOMRect} box */
  #put({ left, top, bottom, width }) {
    const { offsetWidth, offsetHeight } = this.#tip;
    const { clientWidth } = this.#document.documentElement;
    const { innerHeight = 0 } = this.#document.defaultView ?? {};
    const fits = bottom + GAP + offsetHeight <= innerHeight;
    const middle = left + (width - offsetWidth) / 2;
    this.#tip.style.top = `${fits ? bottom + GAP : Math.max(GAP, top - GAP - offsetHeight)}px`;
    this.#tip.style.left = `${Math.max(GAP, Math.min(middle, clientWidth - offsetWidth - GAP))}px`;
  }
}

/** The button or link about which there is something to be said. @param {EventTarget | null} target */
function toldOf(target) {
  const told = closest(target, TOLD);
  if (!told || maybe(told, ".tray__label")) return null;
  // A name for readers is told where it is not to be seen.
  const isSeen = !maybe(told, ".visually-hidden") && told.textContent?.trim();
  if (isSeen && told.matches(":not([title], [aria-keyshortcuts])")) return null;
  if (maybe(told, ".tool__word") && closest(told, ".tools") && matchMedia(RAIL_TELLS).matches) return null;
  return told;
}

/** @param {HTMLElement} target */
export function contentOf(target) {
  const [keys = ""] = (target.getAttribute("aria-keyshortcuts") ?? "").split(" ");
  return { words: target.title || labelOf(target), key: signOf(keys) };
}

/** A key as it stands on keyboards. @param {string} keys as aria-keyshortcuts has them */
export function signOf(keys) {
  return keys.replace("Control+", "Ctrl ").replace("Meta+", "⌘ ");
}
