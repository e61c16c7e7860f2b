// "… is typing": told by a signal every few seconds while somebody writes, forgotten when none comes any more.
import { apart } from "../core/directions.js";
import { find } from "../core/elements.js";

const TELL_EVERY_MS = 3_000;
const FORGET_AFTER_MS = 6_000;

export class Typing {
  #place;
  #text;
  #stream;
  #toldAt = 0;
  /** @type {Map<string, {name: string, timer: ReturnType<typeof setTimeout>}>} */
  #typing = new Map();

  /**
   * @param {HTMLElement} element the chat
   * @param {import("../core/event_stream.js").EventStream} stream
   * @param {HTMLTextAreaElement | null} field
   */
  constructor(element, stream, field) {
    this.#place = find(element, "[data-typing]");
    this.#text = element.dataset.textTyping ?? "";
    this.#stream = stream;
    field?.addEventListener("input", () => this.tell(field.value !== ""));
    stream.on("signal:typing", (signal) => this.#onSignal(signal));
    stream.on("chat.said", ({ actor }) => actor && this.#forget(actor.key));
  }

  /** @param {boolean} isTyping */
  tell(isTyping) {
    if (isTyping && Date.now() - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldAt = isTyping ? Date.now() : 0;
    this.#stream.signal("typing", isTyping);
  }

  /** @param {import("../core/event_stream.js").StreamSignal<"typing">} signal */
  #onSignal({ from, data }) {
    if (!from) return;
    this.#forget(from.key);
    if (!data.typing) return;
    const timer = setTimeout(() => this.#forget(from.key), FORGET_AFTER_MS);
    this.#typing.set(from.key, { name: from.name, timer });
    this.#show();
  }

  /** @param {string} key */
  #forget(key) {
    clearTimeout(this.#typing.get(key)?.timer);
    this.#typing.delete(key);
    this.#show();
  }

  #show() {
    const names = [...this.#typing.values()].map(({ name }) => name);
    this.#place.textContent = names.length
      ? this.#text.replace("{name}", () => names.map((name) => apart(name)).join(", "))
      : "";
  }
}
