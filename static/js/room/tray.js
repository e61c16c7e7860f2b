// The icon tray: the room that is shown, in a small window that floats over the desktop. Picture-in-Picture where the
// browser has it, else a popup, else docked in the page. Closing it ends nothing.
import { ltr } from "../core/directions.js";
import { byId, closest, find, findAll, maybe } from "../core/elements.js";
import { Emitter } from "../core/emitter.js";
import { post } from "../core/http.js";
import { Regions, tell } from "../core/regions.js";
import { copy } from "../ui/copy.js";
import { openDialog } from "../ui/dialog.js";
import { showTimes } from "../ui/local_time.js";
import { reveal } from "../ui/reveal.js";
import { showKeys } from "./shortcuts.js";
import { Tooltips } from "./tooltips.js";
import { TrayLive } from "./tray_live.js";
import { closeMenus, prepareMenus } from "./tray_menus.js";
import { pointOut, press } from "./tray_press.js";
import { furnish, openWindow } from "./tray_window.js";

export class Tray {
  #dock;
  #tray;
  #workspace;
  #regions;
  #live;
  #panel;
  /** @type {Window | null} */
  #window = null;
  #isPopup = false;
  /** @type {WeakSet<import("./room.js").Room>} */
  #followed = new WeakSet();

  /** @param {import("./workspace.js").Workspace} workspace */
  constructor(workspace) {
    this.#workspace = workspace;
    this.#dock = find(document, "[data-tray-dock]");
    this.#tray = find(this.#dock, "[data-tray]");
    this.#panel = find(this.#tray, "[data-tray-panel]");
    this.#regions = new Regions(this.#dock, new Emitter(), {
      isOver: () => workspace.room?.isOver ?? true,
    });
    this.#live = new TrayLive(this.#tray, {
      isOut: () => this.#isOut,
      tell: (refused) => this.#tell({ refused }),
    });
    prepareMenus(this.#tray);
    document.addEventListener("click", ({ target }) => this.#onPageClick(target));
    this.#tray.addEventListener("click", ({ target }) => this.#onClick(target));
    this.#tray.addEventListener("submit", (event) => this.#onSubmit(event));
    this.#tray.addEventListener("keydown", ({ key, target }) => {
      if (key === "Escape" && closest(target, "[data-tray-panel]")) this.#togglePanel();
    });
    // What an app above adds may be refused as well.
    this.#tray.addEventListener("tray:refused", (event) => {
      if ("detail" in event) this.#tell({ refused: String(event.detail) });
    });
    this.#tray.addEventListener("region:refreshed", ({ target }) => this.#onRefreshed(target));
    workspace.on("selected", (room) => this.#show(room));
    // The tray lives with its page.
    addEventListener("pagehide", () => this.#window?.close());
  }

  get #isOut() {
    return this.#window !== null || !this.#dock.hidden;
  }

  async #popOut() {
    if (this.#window) return this.#window.focus();
    const { opened, isPopup } = await openWindow();
    this.#isPopup = isPopup;
    if (opened) this.#moveTo(opened);
    else this.#dock.hidden = false;
    this.#live.showAll();
    this.#refresh();
  }

  /** @param {Window} opened */
  #moveTo(opened) {
    this.#window = opened;
    furnish(opened.document);
    opened.document.body.append(this.#tray);
    // The page's keys are heard in the page.
    showKeys(this.#tray, false);
    new Tooltips(opened.document);
    // Times of the page run by a timer that does not see this window, and may be slowed down behind others.
    opened.setInterval(() => showTimes(this.#tray), 1_000);
    opened.addEventListener("pagehide", () => this.#comeBack());
  }

  #comeBack() {
    this.#window = null;
    this.#tell();
    this.#dock.append(this.#tray);
    this.#dock.hidden = true;
    this.#live.showAll();
    tell(this.#tray, "region:refreshed");
  }

  /** @param {import("./room.js").Room} room */
  #show(room) {
    for (const region of this.#allRegions) {
      const [name] = /[\w-]+\/$/.exec(region.dataset.regionUrl ?? "") ?? [];
      region.dataset.regionUrl = new URL(`../${room.key}/regions/${name}`, location.href).pathname;
      // No command of another session is pressed while its own are on their way.
      region.replaceChildren();
    }
    this.#panel.hidden = true;
    if (!this.#followed.has(room)) room.stream.on("event", ({ type }) => this.#onEvent(room, type));
    this.#followed.add(room);
    this.#live.show(room);
    this.#refresh();
  }

  get #allRegions() {
    return findAll(this.#tray, "[data-tray-region]");
  }

  /** @param {import("./room.js").Room} room @param {string} type */
  #onEvent(room, type) {
    if (room === this.#workspace.room) this.#refresh(`[data-refresh-on~="${type}"]`);
  }

  #refresh(which = "*") {
    if (!this.#isOut) return;
    for (const region of this.#allRegions) {
      if (region.matches(which) && !region.hidden) this.#regions.refresh(region);
    }
  }

  /** @param {EventTarget | null} target */
  #onRefreshed(target) {
    showTimes(this.#tray);
    // Control is gone, and with it the right to invite.
    if (target === this.#panel && !this.#panel.childElementCount) this.#panel.hidden = true;
    this.#showPanel();
  }

  /** @param {EventTarget | null} target */
  #onPageClick(target) {
    if (closest(target, "[data-pop-out]")) this.#popOut();
    if (closest(target, "[data-dock-close]")) {
      this.#dock.hidden = true;
      this.#live.showAll();
    }
  }

  /** @param {EventTarget | null} target */
  #onClick(target) {
    const copied = closest(target, "[data-copy]");
    // In the page, copy.js hears it.
    if (copied && this.#window) copy(copied).then(() => this.#tell({ said: copied.dataset.copied }));
    const button = closest(target, "[data-command]");
    if (!button) return;
    const { command, target: name = "" } = button.dataset;
    this.#tell();
    closeMenus(this.#tray);
    if (command === "mute") this.#live.toggleMute();
    else if (command === "panel") this.#togglePanel();
    else this.#pressInPage(command, name);
  }

  /**
   * What needs room happens in the page, which comes to the front.
   * @param {string | undefined} command @param {string} name
   */
  #pressInPage(command, name) {
    const isUnpressed = this.#isPopup && navigator.userActivation?.isActive === false;
    window.focus();
    if (command === "open") openDialog(name);
    if (command === "focus") reveal(byId(name))?.focus();
    if (command === "press" && isUnpressed && pointOut(name)) {
      this.#tell({ refused: this.#tray.dataset.textPressThere });
    } else if (command === "press") press(name);
  }

  #togglePanel() {
    this.#panel.hidden = !this.#panel.hidden;
    this.#showPanel();
    if (this.#panel.hidden) return maybe(this.#tray, "[data-command=panel][aria-expanded]")?.focus();
    this.#refresh("[data-tray-panel]");
    this.#panel.focus();
  }

  #showPanel() {
    const isOpen = !this.#panel.hidden;
    find(this.#tray, "[data-tray-live]").hidden = isOpen;
    const openers = findAll(this.#tray, "[data-command=panel][aria-expanded]");
    for (const button of openers) button.ariaExpanded = String(isOpen);
  }

  /** @param {SubmitEvent} event */
  async #onSubmit(event) {
    const form = closest(event.target, "form");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    this.#tell();
    closeMenus(this.#tray);
    const fields = new FormData(form);
    try {
      await post(form.action, fields);
      this.#onDone(form, fields);
    } catch (refusal) {
      this.#tell({ refused: refusal.message });
    }
  }

  /** A form that stays says what it has done. @param {HTMLFormElement} form @param {FormData} fields */
  #onDone(form, fields) {
    const { textDone } = form.dataset;
    if (!textDone) return;
    this.#tell({ said: textDone.replaceAll(/\{(\w+)\}/g, (_all, name) => ltr(String(fields.get(name)))) });
    form.reset();
    this.#refresh("[data-tray-panel]");
  }

  /** Where the eyes are, until the next press; beside the regions, since a refresh would take it away. */
  #tell({ said = "", refused = "" } = {}) {
    const show = (/** @type {string} */ where, /** @type {string} */ words) => {
      const place = find(this.#tray, where);
      place.textContent = words;
      place.hidden = !words;
    };
    show("[data-tray-said]", said);
    show("[data-tray-refused]", refused);
  }
}
