// Canned replies in a representative's message box: / or # as its first sign searches them while typing, the button
// beside it does the same anywhere in it. What is chosen is put into the box with its variables filled in, and is sent
// like anything that was typed there.
import { find, findAround, maybe } from "../core/elements.js";
import { isSendingEnter } from "../core/keys.js";
import { ReplyList } from "./reply_list.js";
import { ReplyStock } from "./reply_stock.js";
import { fillIn, inLanguage, isTrigger, queryIn } from "./reply_text.js";
import { SaveReply } from "./save_reply.js";

const TRIGGER = "/";

export class Replies {
  #place;
  #room;
  #form;
  #field;
  #used;
  #list;
  #stock;
  /** Where the sign stands that began the search; null: none is going on. @type {number | null} */
  #from = null;
  /** The sign was put there by the button. */
  #isByButton = false;
  /** Escape said that what begins with the sign is a message. */
  #isMessage = false;

  /** @param {HTMLElement} place */
  constructor(place) {
    this.#place = place;
    this.#room = findAround(place, "[data-room]");
    this.#form = findAround(place, "form");
    this.#field = find(this.#form, "textarea[name]");
    this.#used = find(place, "input[data-reply-used]");
    this.#list = new ReplyList(find(place, "[data-replies-place]"));
    this.#stock = new ReplyStock(place.dataset.url ?? "");
    this.#stock.on("changed", () => this.#look());
    const dialog = maybe(this.#room, "dialog[data-save-reply]");
    const opener = find(place, "button[data-save-opener]");
    const lines = find(this.#room, "[data-chat-lines]");
    if (dialog) new SaveReply(dialog, opener, this.#field, lines, () => this.#stock.forget());
    this.#listen();
  }

  #listen() {
    this.#field.addEventListener("input", (event) => this.#onInput(event));
    // Before the box sends what Enter chooses here.
    this.#form.addEventListener("keydown", (event) => this.#onKey(event), { capture: true });
    this.#field.addEventListener("blur", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && this.#place.contains(relatedTarget)) return;
      // The button's sign is nothing that anybody wrote.
      if (this.#isByButton) this.#dismiss();
      else this.#close();
    });
    const list = find(this.#place, "[data-replies-place]");
    // The focus stays in the box.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => {
      const reply = this.#list.pressed(target);
      if (reply) this.#choose(reply);
    });
    const button = find(this.#place, "button[data-replies-button]");
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => (this.#list.isOpen ? this.#dismiss() : this.#begin()));
  }

  /** @param {Event} event not trusted: what the page puts there is a message, such as one that is edited */
  #onInput({ isTrusted }) {
    const { value, selectionStart: caret } = this.#field;
    if (!value) this.#used.value = "";
    this.#isMessage = isTrigger(value, 0) && (this.#isMessage || !isTrusted);
    if (this.#from === null && !this.#isMessage && isTrigger(value, 0) && caret > 0) this.#from = 0;
    this.#look();
  }

  /** By the button: with a sign of its own, where the caret is. */
  #begin() {
    this.#field.focus();
    const { value, selectionStart: caret, selectionEnd: end } = this.#field;
    this.#isMessage = false;
    // What was typed to be searched for stays, whatever became of the list.
    this.#isByButton = !isTrigger(value, 0) || caret === 0;
    this.#from = this.#isByButton ? caret : 0;
    if (this.#isByButton) this.#field.setRangeText(TRIGGER, caret, end, "end");
    this.#look();
  }

  /** Show what is found for what stands in the box now. */
  #look() {
    const query = this.#query;
    if (query === null) return this.#close();
    this.#stock.want();
    const found = this.#stock.search?.search(query) ?? null;
    this.#list.show(found, (reply) => this.#said(reply), this.#stock.labels);
    if (this.#stock.failure) this.#list.say(this.#stock.failure);
    this.#tellBox();
  }

  get #query() {
    return this.#from === null ? null : queryIn(this.#field.value, this.#from, this.#field.selectionStart);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (!this.#list.isOpen || event.target !== this.#field || event.isComposing) return;
    if (this.#isTaken(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** Whether the list did something with it. @param {KeyboardEvent} event */
  #isTaken(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.#list.move(event.key === "ArrowDown" ? 1 : -1);
      this.#tellBox();
      return true;
    }
    if (event.key === "Escape") return this.#dismiss();
    const chooses = isSendingEnter(event) || (event.key === "Tab" && !event.shiftKey);
    if (!chooses) return false;
    if (this.#list.marked) return this.#choose(this.#list.marked);
    // Enter waits for what is on its way; without a reply for it, it is a message.
    return event.key === "Enter" && this.#stock.isAwaited;
  }

  /** @param {import("./reply_search.js").Reply} reply */
  #choose(reply) {
    const { value } = this.#field;
    const from = this.#from ?? 0;
    const gap = /\S$/.test(value.slice(0, from)) ? " " : "";
    this.#field.setRangeText(gap + this.#said(reply).text, from, from + 1 + (this.#query ?? "").length, "end");
    this.#close();
    this.#used.value = reply.name;
    // It may begin as a search does.
    this.#isMessage = true;
    this.#field.focus();
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  /** What was typed is a message; the button's sign goes. */
  #dismiss() {
    if (this.#isByButton && this.#from !== null) {
      this.#field.setRangeText("", this.#from, this.#from + 1 + (this.#query ?? "").length, "end");
    }
    this.#close();
    this.#isMessage = true;
    return true;
  }

  #close() {
    this.#from = null;
    this.#isByButton = false;
    this.#list.close();
    this.#tellBox();
  }

  /** The box is a combobox only while there is a list. */
  #tellBox() {
    const field = this.#field;
    const { isOpen, id, markedId } = this.#list;
    const button = find(this.#place, "button[data-replies-button]");
    button.ariaExpanded = String(isOpen);
    if (!isOpen) {
      const names = ["role", "aria-expanded", "aria-autocomplete", "aria-controls", "aria-activedescendant"];
      for (const name of names) field.removeAttribute(name);
      return;
    }
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "true");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", id);
    if (markedId) field.setAttribute("aria-activedescendant", markedId);
    else field.removeAttribute("aria-activedescendant");
  }

  // ---- what the session is about

  /** What it would say to this customer. @param {import("./reply_search.js").Reply} reply */
  #said(reply) {
    const { words, language } = inLanguage(reply, this.#language);
    return { text: fillIn(words, this.#valuesIn(language), language), language };
  }

  /** The customer's; before anybody has come, the page's. */
  get #language() {
    return maybe(this.#room, "[data-helped]")?.dataset.language ?? document.documentElement.lang;
  }

  /** @param {string} language */
  #valuesIn(language) {
    const text = (/** @type {string} */ selector) => maybe(this.#room, selector)?.textContent?.trim() ?? "";
    return {
      ...this.#stock.values[language],
      customer: text("[data-helped]"),
      number: text("[data-session-number]"),
      representative: this.#place.dataset.representative ?? "",
    };
  }
}
