// The block above the drawer's tabs that says how the session came to who has it now (E63). It is fetched when its room
// is first shown, stays as it was folded, and tells the other parts of the room what they have missed.
import { byId, closest, find, maybe } from "../core/elements.js";

/**
 * What it needs of a room, and of the window that has it.
 * @typedef {{root: HTMLElement, key: string, stream: import("../core/regions.js").Stream,
 *   regions: {refresh: (region: Element) => void}}} Place
 * @typedef {{on: (type: "selected", listener: (shown: object) => void) => void}} Window
 * @typedef {{notice: import("./control_notice.js").ControlNotice | null,
 *   notes: import("./notes.js").Notes | null}} Parts
 */

export class HandedOver {
  #region;
  #room;
  #parts;
  #isAsked = false;
  // Since control last moved.
  #isNoticeClosed = false;

  /** @param {Place} room @param {Window} window @param {Parts} parts */
  constructor(room, window, parts) {
    this.#region = find(room.root, "[data-handover-place]");
    this.#room = room;
    this.#parts = parts;
    window.on("selected", (shown) => shown === room && this.#ask());
    this.#region.addEventListener("region:refreshed", () => this.#onDrawn());
    // It does not bubble.
    this.#region.addEventListener("toggle", () => this.#remember(), { capture: true });
    this.#region.addEventListener("click", ({ target }) => this.#openTab(target));
    const close = maybe(room.root, "[data-control-close]");
    close?.addEventListener("click", () => this.#onNoticeClosed());
    room.stream.on("control.transferred", () => (this.#isNoticeClosed = false));
  }

  /** What is folded in and the others know comes once, and then with the events that change it. */
  #ask() {
    if (!this.#isAsked) this.#room.regions.refresh(this.#region);
    this.#isAsked = true;
  }

  #onNoticeClosed() {
    this.#isNoticeClosed = true;
    this.#markTold();
  }

  #markTold() {
    sessionStorage.setItem(this.#nameOf("told"), this.#handover);
  }

  #onDrawn() {
    const { why, from = "", note } = find(this.#region, "[data-arrived]").dataset;
    this.#parts.notes?.know(Number(note));
    // It may have been closed before its hand-over was drawn here.
    if (this.#isNoticeClosed) this.#markTold();
    const isTold = sessionStorage.getItem(this.#nameOf("told")) === this.#handover;
    if (why && !isTold) this.#parts.notice?.recall(why, from);
    const block = this.#block;
    const kept = sessionStorage.getItem(this.#nameOf("handover"));
    if (block && kept?.startsWith(`${this.#handover} `)) block.open = kept.endsWith("open");
  }

  #remember() {
    const state = this.#block?.open ? "open" : "folded";
    sessionStorage.setItem(this.#nameOf("handover"), `${this.#handover} ${state}`);
  }

  /** @param {EventTarget | null} target */
  #openTab(target) {
    const tab = byId(closest(target, "[data-opens-tab]")?.dataset.opensTab);
    tab?.click();
    tab?.focus();
  }

  get #block() {
    return maybe(this.#region, "details[data-handed-over]");
  }

  /** Which hand-over it is: the number of its event. */
  get #handover() {
    return maybe(this.#region, "[data-arrived]")?.dataset.handover ?? "";
  }

  /** @param {string} what */
  #nameOf(what) {
    return `${what}.${this.#room.key}`;
  }
}
