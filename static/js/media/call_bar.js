// The voice call as this page shows it: offered, and by whom, or in it with who else, who is muted and who speaks.
// A page leaves out the parts that it does not show.
import { copyOf, find, findAll, maybe } from "../core/elements.js";

export class CallBar {
  #element;
  #voice;
  #nameOf;
  #template;

  /**
   * @param {HTMLElement} element @param {import("./voice.js").Voice} voice
   * @param {(key: string) => string} nameOf @param {HTMLElement} root
   */
  constructor(element, voice, nameOf, root) {
    this.#element = element;
    this.#voice = voice;
    this.#nameOf = nameOf;
    this.#template = find(root, "template[data-speaker-template]");
    this.#on("[data-answer]", () => voice.join());
    this.#on("[data-decline-call]", () => voice.decline());
    this.#on("[data-mute]", () => voice.toggleMute());
    this.#on("[data-hang-up]", () => voice.hangUp());
    this.#on("[data-hear]", () => this.#hear());
    voice.on("state", (call) => this.#show(call));
    voice.on("speakers", ({ speakers }) => this.#showSpeakers(speakers));
    voice.on("blocked", () => this.#hide("[data-hear]", false));
    this.#show({ state: voice.state, muted: voice.muted, gone: voice.isGone, caller: voice.caller });
  }

  /** @param {import("./voice.js").Call} call */
  #show({ state, muted, gone, caller }) {
    this.#element.hidden = state === "away";
    this.#element.dataset.state = state;
    for (const selector of ["[data-answer]", "[data-decline-call]", "[data-call-offered]"]) {
      this.#hide(selector, state !== "offered");
    }
    for (const selector of ["[data-mute]", "[data-hang-up]", "[data-speakers]"]) {
      this.#hide(selector, state !== "in");
    }
    for (const place of findAll(this.#element, "[data-caller]")) place.textContent = caller;
    this.#hide("[data-choose-microphone]", !gone);
    const mute = this.#part("[data-mute]");
    if (mute) mute.ariaPressed = String(muted);
    if (state !== "in") this.#hide("[data-hear]", true);
  }

  /** @param {{key: string, level: number, muted: boolean, speaks: boolean}[]} speakers */
  #showSpeakers(speakers) {
    const list = this.#part("[data-speakers]");
    if (!list) return;
    const there = new Map(findAll(list, "[data-speaker]").map((row) => [row.dataset.speaker, row]));
    for (const { key, level, muted, speaks } of speakers) {
      const row = there.get(key) ?? this.#row(list, key);
      there.delete(key);
      row.style.setProperty("--level", String(Math.min(1, level * 4).toFixed(2)));
      row.toggleAttribute("data-speaks", speaks);
      row.toggleAttribute("data-muted", muted);
      find(row, "[data-speaking]").hidden = !speaks;
    }
    there.forEach((row) => row.remove());
  }

  /** @param {HTMLElement} list @param {string} key */
  #row(list, key) {
    const row = copyOf(this.#template);
    row.dataset.speaker = key;
    find(row, "[data-name]").textContent = this.#nameOf(key);
    list.append(row);
    return row;
  }

  #hear() {
    this.#hide("[data-hear]", true);
    this.#voice.hear();
  }

  /** @param {string} selector @param {() => void} handle */
  #on(selector, handle) {
    this.#part(selector)?.addEventListener("click", handle);
  }

  /** @param {string} selector @param {boolean} hidden */
  #hide(selector, hidden) {
    const part = this.#part(selector);
    if (part) part.hidden = hidden;
  }

  /** @param {string} selector */
  #part(selector) {
    return maybe(this.#element, selector);
  }
}
