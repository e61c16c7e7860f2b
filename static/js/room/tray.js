// The icon tray: the commands of the room that is shown, in a small window that floats over the desktop.
// Picture-in-Picture where the browser has it, else a popup, else docked in the page. Closing it ends nothing.
import { byId, closest, find, findAll, maybe } from "../core/elements.js";
import { Emitter } from "../core/emitter.js";
import { post } from "../core/http.js";
import { Regions } from "../core/regions.js";
import { openDialog } from "../ui/dialog.js";

const SIZE = { width: 560, height: 300 };
/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export class Tray {
  #dock;
  #tray;
  #workspace;
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
    this.#regions = new Regions(this.#dock, new Emitter(), {
      isOver: () => workspace.room?.isOver ?? true,
    });
    document.addEventListener("click", ({ target }) => this.#onPageClick(target));
    this.#tray.addEventListener("click", ({ target }) => this.#onCommand(target));
    this.#tray.addEventListener("submit", (event) => this.#onSubmit(event));
    this.#tray.addEventListener("keydown", (event) => this.#onKey(event));
    this.#tray.addEventListener("pointerover", (event) => this.#onHover(event));
    workspace.on("selected", (room) => this.#show(room));
    // The tray lives with its page.
    addEventListener("pagehide", () => this.#window?.close());
  }

  #regions;

  get #isOut() {
    return this.#window !== null || !this.#dock.hidden;
  }

  async #popOut() {
    if (this.#window) return this.#window.focus();
    const floating = await this.#pictureInPicture();
    this.#isPopup = !floating;
    const opened = floating ?? window.open("", "icon-tray", `popup,width=${SIZE.width},height=${SIZE.height}`);
    if (opened) this.#moveTo(opened);
    else this.#dock.hidden = false;
    this.#refresh();
  }

  /** @returns {Promise<Window | null>} */
  async #pictureInPicture() {
    /** @type {Window & {documentPictureInPicture?: {requestWindow: (size: object) => Promise<Window>}}} */
    const { documentPictureInPicture } = window;
    return documentPictureInPicture?.requestWindow(SIZE).catch(() => null) ?? null;
  }

  #said = Object.assign(document.createElement("p"), { role: "alert", className: "note note--bad" });

  /** @param {Window} opened */
  #moveTo(opened) {
    this.#window = opened;
    const { document: there } = opened;
    there.documentElement.lang = document.documentElement.lang;
    there.documentElement.dir = document.documentElement.dir;
    there.title = document.title;
    for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) there.head.append(sheet.cloneNode());
    there.body.className = "tray-window";
    there.body.append(this.#tray);
    opened.addEventListener("pagehide", () => this.#comeBack());
  }

  #comeBack() {
    this.#window = null;
    this.#tell("");
    this.#dock.prepend(this.#tray);
    this.#dock.hidden = true;
  }

  /** @param {import("./room.js").Room | undefined} room */
  #show(room) {
    if (!room) return;
    this.#tray.dataset.regionUrl = new URL(`../${room.key}/regions/tray/`, location.href).pathname;
    if (!this.#followed.has(room)) room.stream.on("event", () => room === this.#workspace.room && this.#refresh());
    this.#followed.add(room);
    this.#refresh();
  }

  #refresh() {
    if (this.#isOut) this.#regions.refresh(this.#tray);
  }

  /** @param {EventTarget | null} target */
  #onPageClick(target) {
    if (closest(target, "[data-pop-out]")) this.#popOut();
    if (closest(target, "[data-dock-close]")) this.#dock.hidden = true;
  }

  /** What needs room happens in the page, which comes to the front. @param {EventTarget | null} target */
  #onCommand(target) {
    const button = closest(target, "[data-command]");
    if (!button) return;
    const { command, target: name = "" } = button.dataset;
    this.#tell("");
    const isUnpressed = this.#isPopup && navigator.userActivation?.isActive === false;
    window.focus();
    if (command === "open") openDialog(name);
    if (command === "focus") byId(name)?.focus();
    if (command === "press" && isUnpressed && pointOut(name)) this.#tell(this.#tray.dataset.textPressThere ?? "");
    else if (command === "press") press(name);
  }

  /** @param {SubmitEvent} event */
  async #onSubmit(event) {
    event.preventDefault();
    const form = closest(event.target, "form");
    if (!form) return;
    this.#tell("");
    try {
      await post(form.action, new FormData(form));
    } catch (refusal) {
      this.#tell(refusal.message);
    }
  }

  /**
   * Where the eyes are, until the next press; beside the region, since a refresh would take it away.
   * @param {string} message
   */
  #tell(message) {
    this.#said.textContent = message;
    this.#said.hidden = !message;
    if (message) this.#tray.before(this.#said);
  }

  /** Arrow keys walk through an open submenu, Escape closes it. @param {KeyboardEvent} event */
  #onKey(event) {
    const menu = closest(event.target, "details[open]");
    if (event.key === "Escape" && menu) {
      menu.removeAttribute("open");
      menu.querySelector("summary")?.focus();
    }
    const step = STEPS[event.key];
    if (!step || !menu) return;
    event.preventDefault();
    const items = findAll(menu, "summary, button").filter((item) => item.checkVisibility());
    const here = items.findIndex((item) => item === event.target);
    items.at((here + step) % items.length)?.focus();
  }

  /** Pointing at a submenu opens it. @param {PointerEvent} event */
  #onHover(event) {
    const menu = closest(event.target, "details[data-submenu] details[data-submenu]");
    if (!menu || menu.hasAttribute("open") || event.pointerType !== "mouse") return;
    menu.setAttribute("open", "");
    // The click that follows would close it again.
    menu.querySelector("summary")?.addEventListener("click", (click) => click.preventDefault(), { once: true });
  }
}

/**
 * A browser shows its window for choosing a screen only where somebody has pressed, and a press in a popup is none in
 * the page: then the page's button is pointed out. @param {string} name
 */
function pointOut(name) {
  const button = byId(name);
  if (!button?.matches("[data-share-mine]")) return false;
  const panel = button.closest('[role="tabpanel"]');
  maybe(document, `[role="tab"][aria-controls="${panel?.id}"]`)?.click();
  button.focus();
  return true;
}

/** The page's own button or form does it, so that there is one way for everything. @param {string} name */
function press(name) {
  const form = maybe(document, `form[data-leave-by="${name}"]`);
  if (form) form.requestSubmit();
  else byId(name)?.click();
}
