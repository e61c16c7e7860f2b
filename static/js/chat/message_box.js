// The box in which messages are written: what stands in it, and the canned reply that it was made of.
import { maybe } from "../core/elements.js";

/** @typedef {{text: string, reply: string}} Draft reply: the canned one that it was made of, or "" */

export class MessageBox {
  #chat;
  #field;

  /** @param {HTMLElement} chat @param {HTMLTextAreaElement} field */
  constructor(chat, field) {
    this.#chat = chat;
    this.#field = field;
  }

  /** @returns {Draft} */
  get draft() {
    return { text: this.#field.value, reply: this.#used?.value ?? "" };
  }

  /** Instead of what stands there. @param {Draft} draft */
  put({ text, reply }) {
    this.#field.value = text;
    this.#tell();
    // Afterwards: who hears of it forgets the reply of an empty box.
    if (this.#used) this.#used.value = reply;
  }

  /** Below what stands there, without moving the caret of those who write. @param {string} text */
  add(text) {
    const end = this.#field.value.length;
    this.#field.setRangeText(end ? `\n${text}` : text, end, end, end ? "preserve" : "end");
    this.#tell();
  }

  /** At its end; but what is typed elsewhere meanwhile must not land here. */
  focus() {
    const active = document.activeElement;
    if (active && active !== document.body && !this.#chat.contains(active)) return;
    this.#field.focus();
    this.#field.setSelectionRange(this.#field.value.length, this.#field.value.length);
  }

  get #used() {
    return maybe(this.#chat, "input[data-reply-used]");
  }

  #tell() {
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
