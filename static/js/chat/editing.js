// Edit and delete of one's own lines, for as long as the site lets (E58). A text is edited in the field where messages
// are written; what was half written there waits meanwhile.
import { clock } from "../core/clock.js";
import { delegate } from "../core/dom.js";
import { copyOf, find, findAll, findAround, maybe } from "../core/elements.js";
import { post } from "../core/http.js";

export class Editing {
  #element;
  #lines;
  #field;
  #url;
  #tell;
  /** The line whose text stands in the field. @type {HTMLElement | null} */
  #line = null;
  #draft = "";

  /**
   * @param {HTMLElement} element the chat
   * @param {{lines: HTMLElement, field: HTMLTextAreaElement, url: string, tell: (text: string) => void}} options
   *   url: of messages; that of one follows
   */
  constructor(element, { lines, field, url, tell }) {
    this.#element = element;
    this.#lines = lines;
    this.#field = field;
    this.#url = url;
    this.#tell = tell;
    delegate(lines, "click", "[data-edit-line]", (button) => this.#begin(findAround(button, "[data-line]")));
    delegate(lines, "click", "[data-delete-line]", (button) => this.#ask(findAround(button, "[data-line-menu]"), true));
    delegate(lines, "click", "[data-keep-line]", (button) => this.#ask(findAround(button, "[data-line-menu]"), false));
    delegate(lines, "click", "[data-take-back]", (button) => this.#delete(findAround(button, "[data-line]")));
    delegate(element, "click", "[data-cancel-edit]", () => this.#end());
    field.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** Show the ways to change the line, if it is one's own and young enough. @param {HTMLElement} line */
  offer(line) {
    const left = this.#timeLeft(line);
    if (left <= 0 || maybe(line, "[data-line-menu]")) return;
    const menu = copyOf(find(this.#element, "template[data-chat-menu]"));
    line.append(menu);
    setTimeout(() => menu.remove(), left);
  }

  /** What was said until now stays as it is: the conversation is closed (E14). */
  fix() {
    for (const line of findAll(this.#lines, "[data-line]")) line.dataset.fixed = "";
    for (const menu of findAll(this.#lines, "[data-line-menu]")) menu.remove();
    this.#end();
  }

  /** Nothing more is changed about a line that was deleted. @param {HTMLElement} line */
  close(line) {
    maybe(line, "[data-line-menu]")?.remove();
    if (line === this.#line) this.#end();
  }

  /** Whether the text of the field belongs to a line that is being edited; then it is sent as that. */
  send() {
    const line = this.#line;
    if (!line) return false;
    const text = this.#field.value.trim();
    // At once: what is typed next is another message.
    this.#end();
    this.#save(line, text);
    return true;
  }

  /** @param {HTMLElement} line milliseconds */
  #timeLeft(line) {
    const { mine, line: number, deleted, fixed } = line.dataset;
    const isOther = mine === undefined || !number || deleted !== undefined || fixed !== undefined;
    if (isOther || find(line, "[data-text]").hidden) return 0;
    const said = Date.parse(find(line, "time").dateTime);
    return said + 60_000 * Number(this.#element.dataset.changeableMinutes) - clock.now;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && this.#line) {
      event.stopPropagation();
      this.#end();
    }
    if (event.key !== "ArrowUp" || this.#field.value || this.#line) return;
    const last = findAll(this.#lines, "[data-line][data-mine]").findLast((line) => this.#timeLeft(line) > 0);
    if (!last) return;
    event.preventDefault();
    this.#begin(last);
  }

  /** @param {HTMLElement} line */
  #begin(line, text = find(line, "[data-text]").textContent ?? "") {
    if (!this.#line) this.#draft = this.#field.value;
    this.#mark(line);
    this.#fill(text);
    this.#field.focus();
    this.#field.setSelectionRange(this.#field.value.length, this.#field.value.length);
  }

  #end() {
    if (!this.#line) return;
    this.#mark(null);
    this.#fill(this.#draft);
    this.#draft = "";
    this.#field.focus();
  }

  /** @param {HTMLElement | null} line */
  #mark(line) {
    this.#line?.removeAttribute("data-being-edited");
    this.#line = line;
    line?.setAttribute("data-being-edited", "");
    find(this.#element, "[data-editing]").hidden = !line;
  }

  /** @param {string} text */
  #fill(text) {
    this.#field.value = text;
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** @param {HTMLElement} line @param {string} text */
  async #save(line, text) {
    try {
      await post(`${this.#url}${line.dataset.line}/`, { text });
    } catch (refusal) {
      this.#tell(refusal.message);
      // The words are not lost, unless something else has been begun there.
      if (!this.#line && !this.#field.value) this.#begin(line, text);
    }
  }

  /** The question stands where the button was. @param {HTMLElement} menu @param {boolean} isAsked */
  #ask(menu, isAsked) {
    find(menu, "[data-line-ways]").hidden = isAsked;
    find(menu, "[data-line-question]").hidden = !isAsked;
    find(menu, isAsked ? "button[data-take-back]" : "button[data-delete-line]").focus();
  }

  /** @param {HTMLElement} line */
  async #delete(line) {
    try {
      await post(`${this.#url}${line.dataset.line}/delete/`, {});
      this.#field.focus();
    } catch (refusal) {
      this.#tell(refusal.message);
    }
  }
}
