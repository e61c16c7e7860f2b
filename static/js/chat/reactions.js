// Reactions to lines of the chat (E66): below a line stand the signs that it was given, each with a number; a press on
// one gives one's own, or takes it back. The stream tells of all of them, one's own too, so that one path draws them.
import { apart } from "../core/directions.js";
import { delegate } from "../core/dom.js";
import { copyOf, find, findAll, findAround, maybe } from "../core/elements.js";
import { post } from "../core/http.js";
import { GivenReactions } from "./given_reactions.js";
import { ReactionKeys } from "./reaction_keys.js";

// Of those who gave a sign.
const NAMED = 10;

export class Reactions {
  #element;
  #lines;
  #me;
  #tell;
  #keys;
  #given = new GivenReactions();
  /** What each sign is called, in their order. @type {Map<string, string>} */
  #signs;

  /**
   * @param {HTMLElement} element the chat @param {HTMLElement} lines
   * @param {import("../core/event_stream.js").EventStream} stream
   * @param {{me: string, tell: (text: string) => void}} options
   */
  constructor(element, lines, stream, { me, tell }) {
    this.#element = element;
    this.#lines = lines;
    this.#me = Number(me);
    this.#tell = tell;
    this.#keys = new ReactionKeys(lines, () => this.#close());
    const signs = findAll(find(element, "template[data-react-signs]").content, "[data-sign]");
    this.#signs = new Map(signs.map(({ dataset, ariaLabel }) => [dataset.sign ?? "", ariaLabel ?? ""]));
    for (const one of JSON.parse(element.dataset.reactions || "[]")) this.#given.note({ ...one, on: true });
    stream.on("chat.reacted", ({ data, actor }) => {
      this.#given.note({ ...data, name: actor?.name ?? "" });
      this.#show(this.#line(data.message));
    });
    stream.on("chat.deleted", ({ data }) => this.#take(data.message));
    this.#listen();
  }

  /** The way to react to a line, and what it was given. @param {HTMLElement} line */
  offer(line) {
    if (!line.dataset.line || line.dataset.deleted !== undefined) return;
    line.append(copyOf(find(this.#element, "template[data-react-button]")));
    describe(find(line, "[data-react]"), line);
    this.#keys.mind();
    this.#show(line);
  }

  #listen() {
    delegate(this.#lines, "click", "[data-react]", (button) => this.#press(button));
    delegate(this.#lines, "click", "[data-sign]", (button) => {
      const line = findAround(button, "[data-line]");
      this.#toggle(line, button.dataset.sign ?? "");
      this.#close();
      maybe(line, "[data-react]")?.focus();
    });
    delegate(this.#lines, "click", "[data-reaction]", (chip) =>
      this.#toggle(findAround(chip, "[data-line]"), chip.dataset.reaction ?? ""),
    );
    // The focus stays with the signs until one is chosen: a browser gives it to no button that is pressed, or late.
    delegate(this.#lines, "mousedown", "[data-react], [data-sign]", (_button, event) => event.preventDefault());
    this.#lines.addEventListener("focusout", ({ relatedTarget }) => {
      const signs = maybe(this.#lines, "[data-signs]");
      const isWithin = relatedTarget instanceof Node && signs?.contains(relatedTarget);
      if (signs && !isWithin && !signs.contains(document.activeElement)) this.#close();
    });
  }

  /** @param {HTMLElement} button */
  #press(button) {
    const isOpen = button.ariaExpanded === "true";
    this.#close();
    if (isOpen) return button.focus();
    const line = findAround(button, "[data-line]");
    const signs = copyOf(find(this.#element, "template[data-react-signs]"));
    for (const sign of findAll(signs, "[data-sign]")) {
      sign.ariaPressed = String(this.#isMine(line, sign.dataset.sign ?? ""));
    }
    describe(signs, line);
    findAround(button, "[data-react-beside]").before(signs);
    button.ariaExpanded = "true";
    signs.scrollIntoView({ block: "nearest" });
    find(signs, "button[data-sign]").focus();
  }

  #close() {
    const signs = maybe(this.#lines, "[data-signs]");
    if (!signs) return;
    find(findAround(signs, "[data-line]"), "[data-react]").ariaExpanded = "false";
    // Taking the focus away with them tells of that before they are gone.
    delete signs.dataset.signs;
    signs.remove();
  }

  /** @param {HTMLElement} line @param {string} sign */
  async #toggle(line, sign) {
    const on = !this.#isMine(line, sign);
    try {
      await post(`${this.#element.dataset.messagesUrl}${line.dataset.line}/reaction/`, { reaction: sign, on });
    } catch (refusal) {
      this.#tell(refusal.message);
    }
  }

  /** @param {HTMLElement} line @param {string} sign */
  #isMine(line, sign) {
    return this.#given.of(Number(line.dataset.line), sign).has(this.#me);
  }

  /** Of a line that was deleted. @param {number} message */
  #take(message) {
    this.#given.forget(message);
    const line = this.#line(message);
    if (!line) return;
    const parts = findAll(line, "[data-signs], [data-reactions-place], [data-react-beside]");
    const hadFocus = parts.some((part) => part.contains(document.activeElement));
    this.#close();
    for (const part of parts) part.remove();
    this.#keys.mind();
    if (hadFocus) this.#lines.focus();
  }

  /** @param {HTMLElement | null} line */
  #show(line) {
    if (!line || line.dataset.deleted !== undefined) return;
    const message = Number(line.dataset.line);
    const signs = [...this.#signs.keys()].filter((sign) => this.#given.of(message, sign).size);
    const place = maybe(line, "[data-reactions-place]") ?? (signs.length ? this.#placeIn(line) : null);
    if (!place) return;
    for (const chip of findAll(place, "[data-reaction]")) {
      if (signs.includes(chip.dataset.reaction ?? "")) continue;
      if (chip === document.activeElement) find(line, "[data-react]").focus();
      chip.remove();
    }
    for (const sign of signs) this.#fill(this.#chipIn(place, sign), sign, this.#given.of(message, sign));
    if (!signs.length) place.remove();
  }

  /** @param {HTMLElement} line */
  #placeIn(line) {
    const place = copyOf(find(this.#element, "template[data-react-place]"));
    describe(place, line);
    find(line, "[data-react-beside]").before(place);
    return place;
  }

  /** In the order of the signs. @param {HTMLElement} place @param {string} sign */
  #chipIn(place, sign) {
    const chips = findAll(place, "[data-reaction]");
    const there = chips.find(({ dataset }) => dataset.reaction === sign);
    if (there) return there;
    const order = [...this.#signs.keys()];
    const next = chips.find(({ dataset }) => order.indexOf(dataset.reaction ?? "") > order.indexOf(sign));
    const chip = copyOf(find(this.#element, "template[data-react-given]"));
    chip.dataset.reaction = sign;
    find(chip, "[data-reaction-sign]").textContent = sign;
    place.insertBefore(chip, next ?? null);
    return chip;
  }

  /** @param {HTMLElement} chip @param {string} sign @param {ReadonlyMap<number, string>} people */
  #fill(chip, sign, people) {
    const { textReacted = "", textYou = "", textComma = "" } = this.#element.dataset;
    const others = [...people].filter(([who]) => who !== this.#me).map(([, name]) => apart(name));
    const names = [...(people.has(this.#me) ? [textYou] : []), ...others];
    const shown = names.slice(0, NAMED).join(textComma) + (names.length > NAMED ? "…" : "");
    const words = textReacted
      .replace("{sign}", () => this.#signs.get(sign) ?? "")
      .replace("{count}", String(people.size))
      .replace("{names}", () => shown);
    find(chip, "[data-reaction-count]").textContent = String(people.size);
    chip.ariaPressed = String(people.has(this.#me));
    chip.ariaLabel = chip.title = words;
  }

  /** @param {number} message */
  #line(message) {
    return maybe(this.#lines, `[data-line="${message}"]`);
  }
}

/**
 * As what it is about: all lines have the same ways to react. By the author, and what was said or the file's name.
 * @param {HTMLElement} element @param {HTMLElement} line
 */
function describe(element, line) {
  const text = find(line, "[data-text]");
  const parts = [find(line, "[data-author-name]"), text.hidden ? find(line, "[data-file-name]") : text];
  for (const [place, part] of parts.entries()) part.id ||= `line-${line.dataset.line}-${place}`;
  element.setAttribute("aria-describedby", parts.map(({ id }) => id).join(" "));
}
