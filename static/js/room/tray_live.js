// What the tray shows of a room without asking the server: the call, the shared picture, the chat's last line with a
// field to answer it, and how many lines are unread.
import { closest, find, maybe } from "../core/elements.js";
import { isSendingEnter } from "../core/keys.js";
import { Reply } from "./reply.js";

/**
 * @typedef {import("./room.js").Room} Room
 * @typedef {{stream: MediaStream | null, caption: string}} Screen
 * @typedef {{state: string, muted: boolean}} Call
 */

export class TrayLive {
  #tray;
  #isOut;
  #tell;
  #reply;
  /** @type {Room | undefined} */
  #room;
  /** Of every room on the page. @type {WeakMap<Element, Screen>} */
  #screens = new WeakMap();
  /** @type {WeakMap<Element, Call>} */
  #calls = new WeakMap();
  /** @type {WeakSet<Room>} */
  #followed = new WeakSet();

  /**
   * @param {HTMLElement} tray
   * @param {{isOut: () => boolean, tell: (message: string) => void}} options tell: of what was refused
   */
  constructor(tray, { isOut, tell }) {
    this.#tray = tray;
    this.#isOut = isOut;
    this.#tell = tell;
    const form = find(tray, "form[data-tray-reply]");
    const field = find(form, "textarea");
    this.#reply = new Reply(field);
    field.addEventListener("input", () => this.#reply.tellTyping());
    field.addEventListener("keydown", (event) => {
      if (!isSendingEnter(event)) return;
      event.preventDefault();
      this.#reply.send();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#reply.send();
    });
    hear("stage:changed", (root, screen) => this.#screens.set(root, screen) && this.#showScreen());
    hear("call:changed", (root, call) => this.#calls.set(root, call) && this.#showCall());
    hear("call:speakers", (root, { speakers }) => root === this.#room?.root && this.#showLevel(speakers));
    tray.addEventListener("region:refreshed", () => this.showUnread());
  }

  /** @param {Room} room */
  show(room) {
    this.#room = room;
    this.#reply.show(room);
    if (!this.#followed.has(room)) this.#follow(room);
    this.showAll();
  }

  showAll() {
    this.#showScreen();
    this.#showCall();
    this.#showLine();
    this.showUnread();
  }

  toggleMute() {
    this.#room?.media?.voice?.toggleMute();
  }

  /** @param {Room} room */
  #follow(room) {
    const ifShown = (/** @type {() => void} */ show) => room === this.#room && show();
    this.#followed.add(room);
    room.unread.on("changed", () => ifShown(() => this.showUnread()));
    room.chat?.on("changed", () => ifShown(() => this.#showLine()));
    room.chat?.on("refused", ({ text, message }) => {
      this.#reply.giveBack(room.key, text);
      this.#tell(message);
    });
  }

  /** In a window that has just opened, or closed, a picture begins again. Nothing plays in a tray that is put away. */
  #showScreen() {
    const shown = this.#room && this.#isOut() ? this.#screens.get(this.#room.root) : undefined;
    const { stream = null, caption = "" } = shown ?? {};
    const video = find(this.#tray, "video[data-tray-picture]");
    if (video.srcObject !== stream) video.srcObject = stream;
    video.hidden = !stream;
    video.ariaLabel = caption;
    if (stream) video.play().catch(() => {});
  }

  #showCall() {
    const { state = "away", muted = false } = (this.#room && this.#calls.get(this.#room.root)) ?? {};
    find(this.#tray, "[data-tray-voice]").hidden = state !== "in";
    find(this.#tray, "[data-command=mute]").ariaPressed = String(muted);
  }

  /** @param {{key: string, level: number}[]} speakers */
  #showLevel(speakers) {
    const { level = 0 } = speakers.find(({ key }) => key === this.#room?.me) ?? {};
    find(this.#tray, "[data-tray-level]").style.setProperty("--level", Math.min(1, level * 4).toFixed(2));
  }

  #showLine() {
    const last = this.#room?.chat?.last;
    const place = find(this.#tray, "[data-tray-line]");
    const name = last?.isMine ? this.#tray.dataset.textYou : last?.name;
    const text = last ? last.text : (place.dataset.textNone ?? "");
    place.title = text;
    place.dataset.state = last ? last.state : "none";
    place.replaceChildren(...(name ? [apart(name), between()] : []), apart(text));
    find(this.#tray, "form[data-tray-reply]").hidden = !this.#room?.chat;
  }

  showUnread() {
    const badge = maybe(this.#tray, "[data-tray-unread]");
    const count = this.#room?.unread.lines ?? 0;
    if (!badge) return;
    find(badge, "[data-count]").textContent = String(count);
    badge.hidden = !count;
  }
}

/**
 * What a room's media tell, from its root on.
 * @template Told
 * @param {string} type @param {(root: Element, detail: Told) => void} handle
 */
function hear(type, handle) {
  document.addEventListener(type, (event) => {
    const root = closest(event.target, "[data-room]");
    if (root && event instanceof CustomEvent) handle(root, event.detail);
  });
}

/** The blank is no-break: where each part is a box of its own, another would go. */
function between() {
  return Object.assign(document.createElement("span"), { textContent: ":\u00a0" });
}

/** In its own direction. @param {string} text */
function apart(text) {
  return Object.assign(document.createElement("bdi"), { textContent: text });
}
