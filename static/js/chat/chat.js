// The chat of one session: its lines come by the stream, one's own too, so that one path draws them all.
import { clock } from "../core/clock.js";
import { find, findAll, maybe } from "../core/elements.js";
import { Emitter } from "../core/emitter.js";
import { post } from "../core/http.js";
import { randomName } from "../core/random_name.js";
import { isSendingEnter } from "../core/keys.js";
import { ChatSearch } from "./chat_search.js";
import { Editing } from "./editing.js";
import { EmojiPicker } from "./emoji_picker.js";
import { growing } from "./growing.js";
import { lastLine } from "./last_line.js";
import { drawLine, fillFile, write } from "./line.js";
import { linkify } from "./links.js";
import { Marks } from "./marks.js";
import { Outbox } from "./outbox.js";
import { Reactions } from "./reactions.js";
import { Typing } from "./typing.js";

/**
 * said: the line's event, for unread marks and announcements. changed: the last line is another, or has been sent.
 * refused: what was said elsewhere than in the form, which gets its own words back.
 * @typedef {import("../core/event_stream.js").StreamEvent<"chat.said">} Said
 * @typedef {{said: Said, changed: void, refused: {text: string, message: string}}} ChatEvents
 */

/** @extends {Emitter<ChatEvents>} */
export class Chat extends Emitter {
  #element;
  #lines;
  #template;
  #me;
  #outbox;
  #form;
  #typing;
  #marks;
  #reactions;
  /** @type {Editing | null} */
  #editing = null;
  #isFollowed = true;
  /** The lines that were not written in the form. @type {Set<string>} */
  #elsewhere = new Set();

  /**
   * @param {HTMLElement} element
   * @param {import("../core/event_stream.js").EventStream} stream
   * @param {{key: string, me: string, onRefused: (text: string) => void}} options
   */
  constructor(element, stream, { key, me, onRefused }) {
    super();
    this.#element = element;
    this.#me = me;
    this.#lines = find(element, "[data-chat-lines]");
    this.#template = find(element, "template[data-chat-line]");
    this.#form = maybe(element, "form[data-chat-form]");
    this.#outbox = new Outbox(key, (line) => post(this.#form?.action ?? "", line));
    this.#outbox.on("refused", (line) => this.#onRefused(line, onRefused));
    this.#outbox.on("held", () => onRefused(element.dataset.textHeld ?? ""));
    this.#outbox.on("sent", (line) => this.#onSent(line));
    stream.on("chat.said", (event) => this.#onSaid(event));
    stream.on("chat.edited", ({ data }) => this.#onChanged(data.message, data.text));
    stream.on("chat.deleted", ({ data }) => this.#onChanged(data.message, null));
    stream.on("chat.closed", () => this.#mark());
    this.#typing = new Typing(element, stream, this.#field);
    this.#marks = new Marks(element, this.#lines, stream);
    this.#reactions = new Reactions(element, this.#lines, stream, { me, tell: onRefused });
    if (this.#field && this.#form) {
      growing(this.#field);
      new EmojiPicker(find(this.#form, "[data-emoji-picker]"), this.#field);
      const parts = { lines: this.#lines, field: this.#field, url: this.#form.action, tell: onRefused };
      this.#editing = new Editing(element, parts);
    }
    this.#listen();
    this.#takeUp();
    new ChatSearch(find(element, "[data-chat-search]"), this.#lines, this);
  }

  /** The messages of others, by their numbers. */
  get heard() {
    return findAll(this.#lines, "[data-line]:not([data-mine])").map((line) => Number(line.dataset.line));
  }

  /** What stands at the end, in one line. */
  get last() {
    return lastLine(this.#lines);
  }

  /**
   * Kept until the server has it, wherever on the page it was written.
   * @param {string} text @param {{isElsewhere?: boolean, reply?: string}} [how] reply: the canned one that it was
   */
  say(text, { isElsewhere = false, reply = "" } = {}) {
    const line = { client_id: randomName(), text, ...(reply && { reply }) };
    if (isElsewhere) this.#elsewhere.add(line.client_id);
    this.#drawOwn(line);
    this.#outbox.put(line);
    this.#scrollToEnd();
  }

  /** The session is over for this page. */
  stop() {
    this.#marks.stop();
  }

  /** @param {boolean} isTyping */
  tellTyping(isTyping) {
    this.#typing.tell(isTyping);
  }

  get #field() {
    return this.#form && maybe(this.#form, "textarea[name=text]");
  }

  #listen() {
    // What grows after it was drawn, such as a picture, must not push the end out of sight of those who read there.
    this.#lines.addEventListener("scroll", () => (this.#isFollowed = this.#isAtEnd));
    this.#lines.addEventListener("load", () => this.#isFollowed && this.#scrollToEnd(), { capture: true });
    new ResizeObserver(() => this.#isFollowed && this.#scrollToEnd()).observe(this.#lines);
    this.#form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#say();
    });
    this.#field?.addEventListener("keydown", (event) => {
      if (!isSendingEnter(event)) return;
      event.preventDefault();
      this.#form?.requestSubmit();
    });
  }

  /** The lines the server drew, and those this tab had not got rid of before it was reloaded. */
  #takeUp() {
    for (const line of findAll(this.#lines, "[data-line]")) {
      linkify(find(line, "[data-text]"));
      this.#editing?.offer(line);
      this.#reactions.offer(line);
    }
    for (const line of this.#outbox.lines) this.#drawOwn(line);
    this.#marks.show();
    this.#scrollToEnd();
    this.#outbox.flush();
  }

  #say() {
    const text = this.#field?.value.trim();
    if (!text || !this.#field || this.#editing?.send()) return;
    this.say(text, { reply: maybe(this.#element, "input[data-reply-used]")?.value });
    this.#field.value = "";
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** @param {{client_id: string, text: string}} line */
  #drawOwn({ client_id, text }) {
    const line = this.#draw({ text, at: new Date(clock.now).toISOString(), author: this.#me, name: "" });
    line.dataset.clientId = client_id;
    line.dataset.state = "sending";
    this.emit("changed");
  }

  /** @param {Said} event */
  #onSaid(event) {
    const { message, text, participant, client_id, file } = event.data;
    const isAtEnd = this.#isAtEnd;
    this.#pending(client_id)?.remove();
    if (!this.#lines.querySelector(`[data-line="${message}"]`)) {
      const line = this.#draw({ text, at: event.at, author: String(participant), name: event.actor?.name ?? "" });
      line.dataset.line = String(message);
      if (file) fillFile(line, file, this.#element.dataset.filesUrl ?? "");
      this.#editing?.offer(line);
      this.#reactions.offer(line);
      this.#marks.show();
    }
    if (isAtEnd || String(participant) === this.#me) this.#scrollToEnd();
    this.emit("changed");
    if (String(participant) !== this.#me) this.emit("said", event);
  }

  /** Its author has edited the line or, with null, deleted it. @param {number} message @param {string | null} text */
  #onChanged(message, text) {
    const line = maybe(this.#lines, `[data-line="${message}"]`);
    if (!line) return;
    write(line, text ?? this.#element.dataset.textDeleted ?? "");
    line.toggleAttribute("data-edited", text !== null);
    line.toggleAttribute("data-deleted", text === null);
    if (text === null) this.#editing?.close(line);
    this.emit("changed");
  }

  /**
   * A line that was there already when the page was drawn needs no second one.
   * @param {{client_id: string, message: number}} sent
   */
  #onSent({ client_id, message }) {
    if (this.#lines.querySelector(`[data-line="${message}"]`)) this.#pending(client_id)?.remove();
    this.#elsewhere.delete(client_id);
    this.emit("changed");
  }

  /** @param {{client_id: string, text: string, message: string}} line @param {(text: string) => void} tell */
  #onRefused({ client_id, text, message }, tell) {
    const words = message || this.#element.dataset.textFailed || "";
    this.#pending(client_id)?.setAttribute("data-state", "failed");
    if (this.#elsewhere.delete(client_id)) this.emit("refused", { text, message: words });
    else this.#editing?.giveBack(text);
    tell(words);
    this.emit("changed");
  }

  /** @param {import("./line.js").LineFacts} line */
  #draw(line) {
    const drawn = drawLine(this.#template, maybe(this.#lines, ":scope > :last-child"), line, this.#me);
    this.#lines.append(drawn);
    return drawn;
  }

  /** E14: a line that says where one conversation ended and the next began. */
  #mark() {
    this.#editing?.fix();
    const isAtEnd = this.#isAtEnd;
    const line = document.createElement("li");
    line.className = "chat-line chat-line--marker";
    line.textContent = this.#element.dataset.textClosed ?? "";
    this.#lines.append(line);
    if (isAtEnd) this.#scrollToEnd();
    this.emit("changed");
  }

  /** @param {string} clientId */
  #pending(clientId) {
    return this.#lines.querySelector(`[data-client-id="${CSS.escape(clientId)}"]`);
  }

  get #isAtEnd() {
    return this.#lines.scrollHeight - this.#lines.scrollTop - this.#lines.clientHeight < 80;
  }

  #scrollToEnd() {
    this.#lines.scrollTop = this.#lines.scrollHeight;
  }
}
