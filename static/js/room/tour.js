// The tour of the console: a card that goes from part to part while the session goes on underneath. It is offered once
// to those who have never been through a session, and is among the commands at any time. What is not there is left out.
import { deviceStorage } from "../core/device_storage.js";
import { closest, find, findAll, maybe } from "../core/elements.js";
import { announce } from "../ui/announcer.js";
import { closeMenus } from "../ui/menu.js";
import { toast } from "../ui/toast.js";
import { placeBeside } from "./tour_place.js";

/** What it needs of the workspace. @typedef {Pick<import("./workspace.js").Workspace, "room" | "on">} Place */

export class Tour {
  #card;
  #rings;
  #place;
  #storage;
  #at = 0;
  /** @type {Element | null} */
  #before = null;

  /** @param {HTMLElement} card @param {Place} place @param {Pick<Storage, "getItem" | "setItem">} [storage] */
  constructor(card, place, storage = deviceStorage) {
    this.#card = card;
    this.#place = place;
    this.#storage = storage;
    this.#rings = find(document, "[data-tour-rings]");
    document.addEventListener("click", ({ target }) => this.#onClick(target));
    document.addEventListener("keydown", (event) => this.#onKey(event));
    const draw = () => this.#draw();
    addEventListener("resize", () => this.#reveal());
    document.addEventListener("scroll", draw, { capture: true, passive: true });
    document.addEventListener("region:refreshed", draw);
    place.on("selected", draw);
  }

  /** Once on a device, where the page has the question. */
  offer() {
    const offer = maybe(document, "[data-tour-offer]");
    if (offer) offer.hidden = this.#storage.getItem(this.#answered) !== null;
  }

  get isOpen() {
    return this.#card.matches(":popover-open");
  }

  start() {
    this.#answer();
    closeMenus(document);
    if (!this.isOpen) this.#before = document.activeElement;
    // First the rings, so that the card lies over them.
    this.#rings.showPopover();
    this.#card.showPopover();
    this.#show(this.#next(-1, 1), { isFirst: true });
  }

  close() {
    if (!this.isOpen) return;
    const hadFocus = this.#card.contains(document.activeElement);
    this.#card.hidePopover();
    this.#rings.hidePopover();
    this.#rings.replaceChildren();
    if (!hadFocus) return;
    const before = this.#before instanceof HTMLElement && this.#before.checkVisibility() ? this.#before : null;
    (before ?? maybe(document, "[data-lists-commands], .navbar__fold"))?.focus();
  }

  /** Each person's own, where several work on one device. */
  get #answered() {
    return `tour.${this.#card.dataset.person ?? ""}`;
  }

  #answer() {
    this.#storage.setItem(this.#answered, "answered");
    this.offer();
  }

  get #steps() {
    return findAll(this.#card, "[data-tour-step]");
  }

  /** What a step points at, as far as it is in the page and to be seen. @param {HTMLElement | undefined} step */
  #partsOf(step) {
    const root = this.#place.room?.root;
    const found = root && step ? findAll(root, step.dataset.parts ?? "") : [];
    return found.filter((part) => part.checkVisibility({ visibilityProperty: true }) && part.offsetWidth > 0);
  }

  /** @param {number} from @param {1 | -1} way @returns {number} -1: there is none that way */
  #next(from, way) {
    const steps = this.#steps;
    for (let at = from + way; at >= 0 && at < steps.length; at += way) {
      if (this.#partsOf(steps[at]).length) return at;
    }
    return -1;
  }

  /** @param {number} at @param {{isFirst?: boolean}} [how] */
  #show(at, { isFirst = false } = {}) {
    if (at < 0) return this.close();
    this.#at = at;
    const steps = this.#steps;
    steps.forEach((step, place) => (step.hidden = place !== at));
    const [title, words] = ["[data-title]", "[data-words]"].map((part) => find(steps[at], part));
    this.#card.setAttribute("aria-labelledby", title.id);
    this.#card.setAttribute("aria-describedby", words.id);
    this.#count();
    const isLast = this.#next(at, 1) < 0;
    const buttons = ["[data-tour-back]", "[data-tour-next]", "[data-tour-done]"];
    const [back, next, done] = buttons.map((button) => find(this.#card, button));
    back.hidden = this.#next(at, -1) < 0;
    next.hidden = isLast;
    done.hidden = !isLast;
    const focused = document.activeElement;
    // The button that was pressed may be gone. The first time the focus goes in, which reads the step out.
    const isLost = focused === document.body || closest(focused, "[data-tour] [hidden]");
    if (isFirst || isLost) (isLast ? done : next).focus();
    if (!isFirst) announce(`${title.textContent}. ${words.textContent?.trim()}`);
    this.#reveal();
  }

  /** On a phone the parts stand one below the other. */
  #reveal() {
    if (!this.isOpen) return;
    this.#partsOf(this.#steps[this.#at])[0]?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#draw();
  }

  #count() {
    const there = this.#steps.map((step, at) => (this.#partsOf(step).length ? at : -1)).filter((at) => at >= 0);
    find(this.#card, "[data-tour-place]").textContent = (this.#card.dataset.textPlace ?? "")
      .replace("{place}", String(there.indexOf(this.#at) + 1))
      .replace("{count}", String(there.length));
  }

  /** The card beside the first part, and a ring around each; where none is left, the card stays. */
  #draw() {
    if (!this.isOpen) return;
    const boxes = this.#partsOf(this.#steps[this.#at]).map((part) => part.getBoundingClientRect());
    this.#rings.replaceChildren(...boxes.map(ringAround));
    const { offsetWidth: width, offsetHeight: height } = this.#card;
    const view = { width: document.documentElement.clientWidth, height: innerHeight };
    const { left, top } = placeBeside(boxes[0], { width, height }, view, document.dir === "rtl");
    Object.assign(this.#card.style, { left: `${left}px`, top: `${top}px` });
  }

  /** @param {EventTarget | null} target */
  #onClick(target) {
    if (closest(target, "[data-starts-tour]")) this.start();
    else if (closest(target, "[data-declines-tour]")) this.#decline();
    else if (closest(target, "[data-tour-next]")) this.#show(this.#next(this.#at, 1));
    else if (closest(target, "[data-tour-back]")) this.#show(this.#next(this.#at, -1));
    else if (closest(target, "[data-tour-close], [data-tour-done]")) this.close();
    // Another tab of the tools may have other parts.
    else if (this.isOpen) requestAnimationFrame(() => this.#draw());
  }

  #decline() {
    this.#answer();
    toast(this.#card.dataset.textLater ?? "");
  }

  /** What lies over the page is closed first. @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key !== "Escape" || event.defaultPrevented || !this.isOpen) return;
    const isOver = maybe(document, "dialog[open], [popover]:popover-open:not([data-tour], [data-tour-rings])");
    if (!isOver) this.close();
  }
}

/** @param {DOMRect} box */
function ringAround({ left, top, width, height }) {
  const ring = document.createElement("div");
  ring.className = "tour-ring";
  Object.assign(ring.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  return ring;
}
