// Everything a CSR has open in this page: one room, or in multi-session mode a tab for each (S44). Selecting a tab shows
// its room; the others go on, hidden (S45).
import { ltr } from "../core/directions.js";
import { parse } from "../core/dom.js";
import { getHtml, post } from "../core/http.js";
import { randomName } from "../core/random_name.js";
import { Regions } from "../core/regions.js";
import { toast } from "../ui/toast.js";
import { Room } from "./room.js";
import { Quiet } from "./quiet.js";
import { showInTitle } from "./unread.js";

/** Dispatches "selected" with the room that is shown now. */
export class Console extends EventTarget {
  #element;
  #strip;
  /** @type {Map<string, Room>} */
  #rooms = new Map();
  #selected = "";

  /** @param {HTMLElement} element */
  constructor(element) {
    super();
    this.#element = element;
    this.#strip = /** @type {HTMLElement | null} */ (element.querySelector("[data-session-tabs]"));
  }

  /** Bring the room that came with the page to life, then fetch those of the other tabs. */
  open() {
    const first = /** @type {HTMLElement} */ (this.#element.querySelector("[data-room]"));
    this.#add(first);
    this.select(first.dataset.key ?? "");
    this.#element.addEventListener("room:unread", () => this.#showUnread());
    this.#strip?.addEventListener("click", (event) => this.#onClick(event));
    this.#strip?.addEventListener("keydown", (event) => this.#onKey(event));
    this.#element.querySelector("[data-another-session]")?.addEventListener("submit", (event) => this.#onAnother(event));
    for (const tab of this.#tabs) if (!this.#rooms.has(tab.dataset.session ?? "")) this.#fetch(tab);
  }

  get room() {
    return this.#rooms.get(this.#selected);
  }

  /** @param {string} key */
  select(key) {
    if (!this.#rooms.has(key)) return;
    this.#selected = key;
    for (const [each, room] of this.#rooms) room.root.hidden = each !== key;
    for (const tab of this.#tabs) {
      const isSelected = tab.dataset.session === key;
      tab.ariaSelected = String(isSelected);
      tab.tabIndex = isSelected ? 0 : -1;
    }
    // A reload comes back to the tab that was shown.
    history.replaceState(null, "", new URL(`../${key}/`, location.href).pathname + location.hash);
    this.room?.unread.look();
    this.dispatchEvent(new CustomEvent("selected", { detail: this.room }));
  }

  /** Open this session's tab, if it has none yet, and select it; false where sessions have no tabs. @param {string} key */
  async show(key) {
    if (!this.#strip) return false;
    await this.#open(key);
    this.select(key);
    return true;
  }

  /** @returns {HTMLElement[]} */
  get #tabs() {
    return /** @type {HTMLElement[]} */ ([...(this.#strip?.querySelectorAll("[data-session]") ?? [])]);
  }

  /** @param {HTMLElement} root */
  #add(root) {
    const room = new Room(root);
    this.#rooms.set(room.key, room);
    new Quiet(room);
    room.addEventListener("over", (event) => this.#onOver(room, /** @type {CustomEvent} */ (event).detail));
    room.stream.addEventListener("session.branched", (event) => this.#open(/** @type {CustomEvent} */ (event).detail.data.session));
    const tab = this.#tabs.find((each) => each.dataset.session === room.key);
    if (tab?.parentElement) new Regions(tab.parentElement, room.stream, { fetchHtml: room.fetchHtml });
  }

  /** @param {HTMLElement} tab */
  async #fetch(tab) {
    const root = /** @type {HTMLElement} */ (parse(await getHtml(tab.dataset.roomUrl ?? "")).firstElementChild);
    root.hidden = true;
    this.#element.append(root);
    this.#add(root);
  }

  /** A session that came into being elsewhere, or just now here, gets its tab. @param {string} key */
  async #open(key) {
    const model = this.#tabs[0];
    if (!this.#strip || !model || this.#tabs.some((tab) => tab.dataset.session === key)) return;
    const tab = /** @type {HTMLElement} */ (model.cloneNode(false));
    const name = /** @type {string} */ (model.dataset.session);
    for (const { name: attribute, value } of [...model.attributes]) tab.setAttribute(attribute, value.replaceAll(name, key));
    tab.ariaSelected = "false";
    tab.tabIndex = -1;
    const place = document.createElement("span");
    place.role = "presentation";
    place.append(tab);
    this.#strip.append(place);
    await this.#fetch(tab);
    tab.replaceChildren(parse(await getHtml(tab.dataset.regionUrl ?? "")));
    const room = this.#rooms.get(key);
    tab.dataset.number = room?.root.getAttribute("aria-label") ?? "";
    // Whoever came with it may have said something before it was here.
    room?.chat?.heard.forEach(() => room.unread.addLine());
  }

  /** @param {Event} event */
  async #onAnother(event) {
    event.preventDefault();
    event.stopPropagation();
    const form = /** @type {HTMLFormElement} */ (event.target);
    try {
      const { session } = await post(form.action, new FormData(form));
      // The next press is for another session; one that failed is sent as the same once more.
      /** @type {HTMLInputElement} */ (form.elements.namedItem("once")).value = randomName();
      await this.show(session);
    } catch (refusal) {
      toast(refusal.message);
    }
  }

  /** @param {Event} event */
  #onClick(event) {
    const tab = /** @type {Element} */ (event.target).closest("[data-session]");
    if (tab instanceof HTMLElement) this.select(tab.dataset.session ?? "");
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const tabs = this.#tabs;
    const here = tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const forward = document.dir === "rtl" ? -1 : 1;
    const steps = { ArrowRight: here + forward, ArrowLeft: here - forward, Home: 0, End: tabs.length - 1 };
    const next = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (next === undefined) return;
    event.preventDefault();
    const tab = tabs.at(next % tabs.length);
    this.select(tab?.dataset.session ?? "");
    tab?.focus();
  }

  /** @param {Room} room @param {any} ended the session.ended event, or null */
  async #onOver(room, ended) {
    if (this.#rooms.size > 1) return this.#drop(room, ended);
    await room.media?.settled();
    // Who ended it goes home (E41); whoever finds it ended reads why.
    if (ended?.data.reason === "ended") location.assign(this.#element.dataset.home ?? "/");
    else location.reload();
  }

  /** @param {Room} room @param {any} ended */
  #drop(room, ended) {
    const tab = this.#tabs.find((each) => each.dataset.session === room.key);
    const text = ended ? this.#element.dataset.textEnded : this.#element.dataset.textLeft;
    toast((text ?? "").replace("{number}", () => ltr(tab?.dataset.number ?? "")));
    tab?.parentElement?.remove();
    room.root.remove();
    this.#rooms.delete(room.key);
    if (room.key === this.#selected) this.select([...this.#rooms.keys()][0]);
    this.#showUnread();
  }

  #showUnread() {
    let all = 0;
    for (const tab of this.#tabs) {
      const count = this.#rooms.get(tab.dataset.session ?? "")?.unread.count ?? 0;
      tab.dataset.count = count ? String(count) : "";
      all += count;
    }
    showInTitle(this.#strip ? all : (this.room?.unread.count ?? 0));
  }
}
