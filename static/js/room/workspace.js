// Everything a CSR has open in this page: one room, or in multi-session mode a tab for each (S44). Selecting a tab
// shows its room; the others go on, hidden (S45).
import { Replies } from "../chat/replies.js";
import { renameTitle } from "../chat/unread.js";
import { apart, ltr } from "../core/directions.js";
import { find, maybe } from "../core/elements.js";
import { Emitter } from "../core/emitter.js";
import { tidied } from "../core/session_number.js";
import { toast, toastOnNextPage } from "../ui/toast.js";
import { startAnother } from "./another_session.js";
import { Arrivals } from "./arrivals.js";
import { ControlNotice } from "./control_notice.js";
import { HandedOver } from "./handed_over.js";
import { IdleWarning } from "./idle_warning.js";
import { Notes } from "./notes.js";
import { Panels } from "./panels.js";
import { Room } from "./room.js";
import { TabStrip } from "./tab_strip.js";
import { showUnread } from "./unread_counts.js";

/**
 * selected: the room that is shown now. added: one that has come. branched: with the further customer whose it is.
 * @typedef {{selected: Room, added: Room, branched: Room}} WorkspaceEvents
 */

/** @extends {Emitter<WorkspaceEvents>} */
export class Workspace extends Emitter {
  #element;
  #panels;
  #strip;
  /** @type {Map<string, Room>} */
  #rooms = new Map();
  #arrivals;
  /** Sessions of further customers, whose rooms are on their way. @type {Set<string>} */
  #branched = new Set();
  #selected = "";
  #titled = "";

  /** @param {HTMLElement} element */
  constructor(element) {
    super();
    this.#element = element;
    this.#panels = new Panels(element);
    const strip = maybe(element, "[data-session-tabs]");
    this.#strip = strip && new TabStrip(strip);
    this.#arrivals = new Arrivals(this.#panels, this.#strip);
  }

  /** Bring the room that came with the page to life, then fetch those of the other tabs. */
  open() {
    const first = find(this.#element, "[data-room]");
    this.#titled = first.getAttribute("aria-label") ?? "";
    const room = new Room(first);
    this.#add(room);
    this.select(room.key);
    this.#strip?.on("chosen", (key) => this.select(key));
    const another = maybe(this.#element, "[data-another-session]");
    if (another) startAnother(another, (key) => this.show(key));
    this.#arrivals.on("arrived", (arrival) => this.#onArrived(arrival));
    this.#arrivals.on("gone", ({ key, ended }) => this.#onGone(key, ended));
    this.#arrivals.on("slow", () => toast(this.#element.dataset.textSlow ?? ""));
    room.open();
    for (const tab of this.#strip?.tabs ?? []) {
      const { session = "", ...where } = tab.dataset;
      if (!this.#rooms.has(session)) this.#arrivals.awaitTab(session, where, { isHidden: true });
    }
  }

  get room() {
    return this.#rooms.get(this.#selected);
  }

  /** The sessions of the page, those whose room is there first. */
  get #keys() {
    return [...this.#rooms.keys(), ...this.#arrivals.keys];
  }

  /** Show a session; one whose room is still on its way shows that it is. @param {string} key */
  select(key) {
    const panel = this.#panels.find(key);
    if (!panel) return;
    this.#selected = key;
    this.#panels.show(panel);
    this.#strip?.select(key);
    // A reload comes back to the tab that was shown.
    history.replaceState(null, "", this.addressOf(key) + location.hash);
    this.#nameTitle(this.#strip?.tab(key)?.dataset.number ?? "");
    this.room?.unread.look();
    if (this.room) this.emit("selected", this.room);
  }

  /**
   * Open this session's tab, if it has none yet, and select it; false where sessions have no tabs.
   * @param {string} key
   */
  async show(key) {
    if (!this.#strip) return false;
    await this.#arrivals.awaitNew(key);
    this.select(key);
    return true;
  }

  /** Show the session that has this address. @param {string} address */
  selectAt(address) {
    const key = this.#keys.find((each) => this.addressOf(each) === new URL(address, location.href).pathname);
    if (key) this.select(key);
  }

  /** @param {string} key */
  addressOf(key) {
    return new URL(`../${key}/`, location.href).pathname;
  }

  /** @param {Room} room */
  #add(room) {
    this.#rooms.set(room.key, room);
    new IdleWarning(room);
    const told = maybe(room.root, "[data-control-notice]");
    const notice = told && new ControlNotice(told, room, toast);
    const replies = maybe(room.root, "[data-replies]");
    if (replies) new Replies(replies);
    const panel = maybe(room.root, "[data-notes]");
    const notes = panel && new Notes(panel, room);
    new HandedOver(room, this, { notice, notes });
    room.unread.on("changed", () => this.#showUnread());
    room.on("over", (ended) => this.#onOver(room, ended));
    room.on("stale", () => this.#renew(room));
    room.stream.on("assistant.asked", ({ data }) => toast(this.#words("textAsked", room.key, data.name)));
    room.stream.on("session.branched", ({ data }) => this.#onBranched(room, data));
    room.stream.on("number.renewed", ({ data }) => this.#onRenumbered(room, data.renewed));
    const tab = this.#strip?.tab(room.key);
    if (tab?.parentElement) room.regions.watch(tab.parentElement);
    room.stream.on("following", () => this.#strip?.connection(room.key, "live"));
    room.stream.on("lost", () => this.#strip?.connection(room.key, "reconnecting"));
    if (room.stream.isFollowing) this.#strip?.connection(room.key, "live");
    this.emit("added", room);
  }

  // ---- sessions whose room is still on its way

  /** @param {import("./arrivals.js").Arrival} arrival */
  #onArrived({ root, tab, opening, panel }) {
    if (!panel) this.#strip?.add(tab);
    this.#panels.bring(root, panel);
    // Who came with a new session may have said something before it was here.
    const room = new Room(root, opening.attendance, { isNew: !panel });
    this.#add(room);
    // Pressed while it was on its way, or all that is left.
    if (this.#selected === opening.key || !this.#panels.find(this.#selected)) this.select(opening.key);
    this.#showUnread();
    room.open();
    // A tab that was there before its room may have missed what the room shows.
    const told = panel && this.#strip?.tab(room.key);
    if (told) room.regions.refresh(told);
    if (this.#branched.delete(room.key)) this.emit("branched", room);
  }

  /**
   * A further customer's session is opened by who controls it alone (E34).
   * @param {Room} room @param {{participant: number, session: string}} data
   */
  #onBranched(room, data) {
    if (data.participant !== Number(room.root.dataset.meId)) return;
    this.#branched.add(data.session);
    this.#arrivals.awaitNew(data.session);
  }

  /** What names the session without being drawn again. @param {Room} room @param {string} digits */
  #onRenumbered(room, digits) {
    const number = tidied(digits) ?? digits;
    room.root.setAttribute("aria-label", number);
    const tab = this.#strip?.tab(room.key);
    if (tab) tab.dataset.number = number;
    if (room.key === this.#selected) this.#nameTitle(number);
  }

  // ---- how a session leaves the page

  /** What the page knows is older than what the server still has. @param {Room} room */
  #renew(room) {
    if (!this.#strip) return location.reload();
    const { session = "", roomUrl } = this.#strip.tab(room.key)?.dataset ?? {};
    room.root.remove();
    this.#rooms.delete(room.key);
    this.#strip.connection(session, "connecting");
    this.#arrivals.awaitTab(session, { roomUrl }, { isHeld: false, isHidden: session !== this.#selected });
  }

  /**
   * @param {Room} room
   * @param {import("./opening.js").Ended | null} ended the session.ended event, or null
   */
  async #onOver(room, ended) {
    if (this.#keys.length > 1) {
      this.#rooms.delete(room.key);
      return this.#drop(room.key, ended);
    }
    await room.media?.settled();
    // Those who assisted go home, with a word (E41); anyone else reads here what it was, or why it ended.
    if (ended?.data.reason !== "ended" || !ended.actor || ended.actor.key === room.me) return location.reload();
    toastOnNextPage(this.#words("textEndedBy", room.key, ended.actor.name));
    location.assign(this.#element.dataset.home ?? "");
  }

  /**
   * A session that was over before its room had come.
   * @param {string} key @param {import("./opening.js").Ended | null} ended
   */
  #onGone(key, ended) {
    if (this.#keys.length) this.#drop(key, ended);
    else location.reload();
  }

  /** @param {string} key @param {import("./opening.js").Ended | null} ended */
  #drop(key, ended) {
    // Where it was stands the next one; its own page says the rest.
    const link = { href: this.addressOf(key), words: this.#element.dataset.textSummary ?? "" };
    toast(this.#words(ended ? "textEnded" : "textLeft", key), undefined, link);
    this.#strip?.remove(key);
    this.#panels.find(key)?.remove();
    if (key === this.#selected) this.select(this.#keys[0]);
    this.#showUnread();
  }

  /** @param {string} text @param {string} key @param {string} [name] */
  #words(text, key, name = "") {
    const number = this.#strip?.tab(key)?.dataset.number ?? this.#panels.find(key)?.getAttribute("aria-label") ?? "";
    return (this.#element.dataset[text] ?? "")
      .replace("{number}", () => ltr(number))
      .replace("{name}", () => apart(name));
  }

  // ---- what the page says of them all

  /** @param {string} number */
  #nameTitle(number) {
    if (!number) return;
    renameTitle(this.#titled, number);
    this.#titled = number;
    this.#showUnread();
  }

  #showUnread() {
    showUnread(this.#rooms, this.#strip?.tabs ?? null, this.room);
  }
}
