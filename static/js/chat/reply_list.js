// The list of canned replies above the message box: the first of those that were found, one of them marked.
import { copyOf, find, findAround } from "../core/elements.js";

const SHOWN = 50;
// Of a text, as much as one line may show.
const LONGEST_LINE = 200;
// CSS pixels: at most, and what stays free above.
const HIGHEST = 352;
const FREE = 8;

/** @typedef {Record<"element" | "shortcut" | "title" | "source" | "text", HTMLElement>} Option */

export class ReplyList {
  #place;
  #list;
  #status;
  /** @type {import("./reply_search.js").Reply[]} */
  #shown = [];
  /** @type {Option[]} */
  #options = [];
  #at = 0;
  /** The mark was moved by hand: it stays with its reply while that one is shown. */
  #isChosen = false;

  /** @param {HTMLElement} place */
  constructor(place) {
    this.#place = place;
    this.#list = find(place, "ul[data-replies-list]");
    this.#status = find(place, "[data-replies-status]");
  }

  get id() {
    return this.#list.id;
  }

  get isOpen() {
    return !this.#place.hidden;
  }

  /** The one that is marked. */
  get marked() {
    return this.#shown[this.#at];
  }

  /** Its element's id, for who says which one it is. */
  get markedId() {
    return this.marked ? this.#idAt(this.#at) : "";
  }

  /**
   * @param {import("./reply_search.js").Reply[] | null} found null: they are on their way
   * @param {(reply: import("./reply_search.js").Reply) => {text: string, language: string}} said what each would say
   * @param {Record<string, string>} labels of their sources
   */
  show(found, said, labels) {
    const count = found?.length ?? 0;
    const kept = this.#isChosen ? this.marked?.name : undefined;
    this.#shown = found?.slice(0, SHOWN) ?? [];
    this.#shown.forEach((reply, place) => this.#fill(this.#optionAt(place), reply, said(reply), labels));
    const elements = this.#options.slice(0, this.#shown.length).map(({ element }) => element);
    for (const element of elements) element.ariaSetSize = String(count);
    if (elements.length !== this.#list.childElementCount) this.#list.replaceChildren(...elements);
    const { textLoading = "", textNone = "", textMore = "" } = this.#place.dataset;
    if (!found) this.say(textLoading);
    else if (!count) this.say(textNone);
    else this.say(count > SHOWN ? textMore.replace("{count}", String(count)) : "");
    if (!this.isOpen) this.#open();
    const at = this.#shown.findIndex(({ name }) => name === kept);
    this.#isChosen = at >= 0;
    this.#mark(Math.max(at, 0));
    if (this.#isChosen) this.#options[at].element.scrollIntoView({ block: "nearest" });
    else this.#list.scrollTop = 0;
  }

  /** Instead of replies, or below them. @param {string} words */
  say(words) {
    this.#status.textContent = words;
    this.#status.hidden = !words;
  }

  close() {
    this.#place.hidden = true;
    this.#list.replaceChildren();
    this.#shown = [];
    this.#isChosen = false;
  }

  /** The next one or the one before, round and round. @param {1 | -1} step */
  move(step) {
    const count = this.#shown.length;
    if (!count) return;
    this.#isChosen = true;
    this.#mark((this.#at + step + count) % count);
    this.#options[this.#at].element.scrollIntoView({ block: "nearest" });
  }

  /** The one that was pressed. @param {EventTarget | null} target */
  pressed(target) {
    const option = target instanceof Element ? target.closest("[role=option]") : null;
    return option ? this.#shown[[...this.#list.children].indexOf(option)] : undefined;
  }

  /** It must not reach beyond the chat, which cuts off what does. */
  #open() {
    this.#place.hidden = false;
    const form = findAround(this.#place, "form");
    this.#place.style.maxBlockSize = `${Math.min(HIGHEST, form.offsetTop - FREE)}px`;
  }

  /** @param {number} place */
  #mark(place) {
    for (const at of [this.#at, place]) {
      const option = this.#options[at];
      if (option) option.element.ariaSelected = String(at === place);
    }
    this.#at = place;
  }

  /** Made once, filled again at each key: making them took longer than finding what they show. @param {number} at */
  #optionAt(at) {
    this.#options[at] ??= this.#make(at);
    return this.#options[at];
  }

  /** @param {number} place */
  #make(place) {
    const element = copyOf(find(this.#place, "template[data-reply-option]"));
    element.id = this.#idAt(place);
    element.ariaPosInSet = String(place + 1);
    element.ariaSelected = "false";
    return {
      element,
      shortcut: find(element, "[data-reply-shortcut]"),
      title: find(element, "[data-reply-title]"),
      source: find(element, "[data-reply-source]"),
      text: find(element, "[data-reply-text]"),
    };
  }

  /**
   * @param {Option} option @param {import("./reply_search.js").Reply} reply
   * @param {{text: string, language: string}} said @param {Record<string, string>} labels
   */
  #fill(option, reply, said, labels) {
    option.shortcut.textContent = reply.shortcut;
    option.title.textContent = reply.title;
    option.source.textContent = labels[reply.source] ?? "";
    option.text.textContent = said.text.slice(0, LONGEST_LINE);
    option.text.lang = said.language;
  }

  /** @param {number} place */
  #idAt(place) {
    return `${this.#list.id}-${place}`;
  }
}
