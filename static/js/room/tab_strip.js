// The strip of session tabs (S44): what each says, which is selected, and how they are walked through by keys.
import { closest, findAll } from "../core/elements.js";
import { Emitter } from "../core/emitter.js";
import { tabByKey } from "../ui/tab_keys.js";

/** @typedef {{chosen: string}} TabStripEvents the session's key */

/** @extends {Emitter<TabStripEvents>} */
export class TabStrip extends Emitter {
  #element;

  /** @param {HTMLElement} element */
  constructor(element) {
    super();
    this.#element = element;
    element.addEventListener("click", (event) => this.#onClick(event));
    element.addEventListener("keydown", (event) => this.#onKey(event));
  }

  get tabs() {
    return findAll(this.#element, "[data-session]");
  }

  /** @param {string} key */
  tab(key) {
    return this.tabs.find((tab) => tab.dataset.session === key);
  }

  /** @param {Element} tab with what it stands in */
  add(tab) {
    this.#element.append(tab);
  }

  /** @param {string} key */
  remove(key) {
    this.tab(key)?.parentElement?.remove();
  }

  /** @param {string} key */
  select(key) {
    for (const tab of this.tabs) {
      const isSelected = tab.dataset.session === key;
      tab.ariaSelected = String(isSelected);
      tab.tabIndex = isSelected ? 0 : -1;
      if (isSelected) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  /**
   * Whether the page is in touch with the session.
   * @param {string} key @param {"connecting" | "reconnecting" | "live"} state
   */
  connection(key, state) {
    const tab = this.tab(key);
    if (tab) tab.dataset.connection = state;
  }

  /** What the page needs to hold a session that has no tab yet: as another's, with its key. @param {string} key */
  addressesOf(key) {
    const { session = "", socket = "", leavingUrl = "", roomUrl = "" } = this.tabs[0]?.dataset ?? {};
    const [here, leaving, room] = [socket, leavingUrl, roomUrl].map((address) => address.replace(session, key));
    return { socket: here, leavingUrl: leaving, roomUrl: room, position: "0" };
  }

  /** @param {Event} event */
  #onClick(event) {
    const tab = closest(event.target, "[data-session]");
    if (tab) this.#choose(tab);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const tab = tabByKey(event, this.tabs);
    if (!tab) return;
    this.#choose(tab);
    tab.focus();
  }

  /** @param {HTMLElement} tab */
  #choose(tab) {
    this.emit("chosen", tab.dataset.session ?? "");
  }
}
