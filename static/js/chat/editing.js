// Edit and delete of one's own lines, for as long as the site lets (E58). A text is edited in the field where messages
// are written; what was half written there waits meanwhile.
import { clock } from "../core/clock.js";
import { delegate } from "../core/dom.js";
import { copyOf, find, findAll, findAround, maybe } from "../core/elements.js";
import { post } from "../core/http.js";
import { goByArrows, isOwnText, keepOneStop, leaveSaving } from "./line_saving.js";
import { MessageBox } from "./message_box.js";

/** @type {import("./message_box.js").Draft} */
const NOTHING = { text: "", reply: "" };

export class Editing {
  #element;
  #lines;
  #field;
  #box;
  #url;
  #tell;
  /** The line whose text stands in the field. @type {HTMLElement | null} */
  #line = null;
  /** What was half written, as long as a line stands there. */
  #draft = NOTHING;

  /**
   * @param {HTMLElement} element the chat
   * @param {{lines: HTMLElement, field: HTMLTextAreaElement, url: string, tell: (text: string) => void}} options
   *   url: of messages; that of one follows
   */
  constructor(element, { lines, field, url, tell }) {
    this.#element = element;
    this.#lines = lines;
    this.#field = field;
    this.#box = new MessageBox(element, field);
    this.#url = url;
    this.#tell = tell;
    goByArrows(lines);
    delegate(lines, "click", "[data-edit-line]", (button) => this.#begin(findAround(button, "[data-line]")));
    delegate(lines, "click", "[data-delete-line]", (button) => this.#ask(findAround(button, "[data-line-menu]"), true));
    delegate(lines, "click", "[data-keep-line]", (button) => this.#ask(findAround(button, "[data-line-menu]"), false));
    delegate(lines, "click", "[data-take-back]", (button) => this.#delete(findAround(button, "[data-line]")));
    delegate(element, "click", "[data-cancel-edit]", () => this.#end());
    field.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** Show the ways of one's own line; those that change it, while it is young enough. @param {HTMLElement} line */
  offer(line) {
    const left = this.#timeLeft(line);
    if ((left <= 0 && !isOwnText(line)) || maybe(line, "[data-line-menu]")) return;
    line.append(copyOf(find(this.#element, "template[data-chat-menu]")));
    if (left > 0) setTimeout(() => this.#takeAway(line), left);
    else this.#takeAway(line);
    keepOneStop(this.#lines);
  }

  /** What was said until now stays as it is: the conversation is closed (E14). */
  fix() {
    for (const line of findAll(this.#lines, "[data-line]")) {
      line.dataset.fixed = "";
      this.#takeAway(line);
    }
    const { text } = this.#box.draft;
    const isChanged = this.#line && text.trim() && text !== find(this.#line, "[data-text]").textContent;
    this.#end();
    if (isChanged) this.#keep(text);
  }

  /** Nothing more is changed about a line that was deleted. @param {HTMLElement} line */
  close(line) {
    this.#takeAway(line);
    if (line === this.#line) this.#end();
  }

  /** Of a message that was refused; in the box stands what was begun since. @param {string} text */
  giveBack(text) {
    if (!this.#line && !this.#box.draft.text) this.#box.put({ text, reply: "" });
    else if (this.#line && !this.#draft.text) this.#draft = { text, reply: "" };
  }

  /** Whether the text of the field belongs to a line that is being edited; then it is sent as that. */
  send() {
    const line = this.#line;
    if (!line) return false;
    const text = this.#box.draft.text.trim();
    // At once: what is typed next is another message.
    this.#end();
    this.#save(line, text);
    return true;
  }

  /** The ways to change the line. @param {HTMLElement} line */
  #takeAway(line) {
    const menu = maybe(line, "[data-line-menu]");
    if (menu && leaveSaving(line, menu)) return keepOneStop(this.#lines);
    const isUsed = menu?.contains(document.activeElement);
    menu?.remove();
    if (isUsed) this.#box.focus();
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
    if (!this.#line) this.#draft = this.#box.draft;
    this.#mark(line);
    this.#box.put({ ...NOTHING, text });
    this.#box.focus();
  }

  #end() {
    if (!this.#line) return;
    this.#mark(null);
    this.#box.put(this.#draft);
    this.#draft = NOTHING;
    this.#box.focus();
  }

  /** @param {HTMLElement | null} line */
  #mark(line) {
    this.#line?.removeAttribute("data-being-edited");
    this.#line = line;
    line?.setAttribute("data-being-edited", "");
    find(this.#element, "[data-editing]").hidden = !line;
  }

  /** @param {HTMLElement} line @param {string} text */
  async #save(line, text) {
    const before = this.#box.draft.text;
    try {
      await post(`${this.#url}${line.dataset.line}/`, { text });
    } catch (refusal) {
      this.#tell(refusal.message);
      const isFixed = refusal.code === "line_is_fixed" || this.#timeLeft(line) <= 0;
      const isFree = !this.#line && this.#box.draft.text === before;
      if (isFree && !isFixed) this.#begin(line, text);
      else this.#keep(text);
    }
  }

  /** Words that can be no edit any more, or not now, are not lost: they are a message to send. @param {string} text */
  #keep(text) {
    if (!this.#line) this.#box.add(text);
    else this.#draft = { ...this.#draft, text: [this.#draft.text, text].filter(Boolean).join("\n") };
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
      this.#box.focus();
    } catch (refusal) {
      this.#tell(refusal.message);
    }
  }
}
