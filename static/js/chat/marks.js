// What has become of one's own lines (E59): the site has them, they have reached the other side, they were in sight
// there. And the same about others' lines, told to the site: a number every few seconds, not a word for each line.
import { copyOf, find, findAll, maybe } from "../core/elements.js";
import { post } from "../core/http.js";

const TELL_EVERY_MS = 3_000;
const TOO_MANY = 429;

/** @typedef {{participant: number, after: number, delivered: number, seen: number}} Mark */

export class Marks {
  #element;
  #lines;
  /** Of the other side's people. @type {Map<number, Mark>} */
  #marks;
  /** What the site knows of this page. */
  #told;
  #toldAt = 0;
  #isShown = false;
  #isOver = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} element the chat @param {HTMLElement} lines
   * @param {import("../core/event_stream.js").EventStream} stream
   */
  constructor(element, lines, stream) {
    this.#element = element;
    this.#lines = lines;
    const { marks, delivered, seen } = element.dataset;
    this.#marks = new Map(JSON.parse(marks || "[]").map((/** @type {Mark} */ mark) => [mark.participant, mark]));
    this.#told = { delivered: Number(delivered), seen: Number(seen) };
    stream.on("signal:marks.told", ({ data }) => {
      this.#marks.set(data.participant, data);
      this.show();
    });
    document.addEventListener("visibilitychange", () => this.#tellSoon());
    lines.addEventListener("scroll", () => this.#tellSoon());
    // It may be on another tab of the page, or folded away.
    new IntersectionObserver((entries) => {
      this.#isShown = entries.at(-1)?.isIntersecting ?? false;
      this.#tellSoon();
    }).observe(element);
  }

  /** Of the lines that are there. Each mark stands below the last line that it is true of. */
  show() {
    /** @type {Set<string>} */
    const shown = new Set();
    for (const line of findAll(this.#lines, "[data-line][data-mine]").reverse()) {
      const state = line.dataset.line ? this.#stateOf(Number(line.dataset.line)) : "";
      const isNews = state !== "" && !shown.has("seen") && !shown.has(state) && !(state === "sent" && shown.size);
      if (isNews) shown.add(state);
      this.#mark(line, isNews ? state : "");
    }
    this.#tellSoon();
  }

  /** Nothing is told any more. */
  stop() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  /** @param {number} number */
  #stateOf(number) {
    const read = [...this.#marks.values()].filter(({ after }) => after < number);
    if (read.some(({ seen }) => seen >= number)) return "seen";
    return read.some(({ delivered }) => delivered >= number) ? "delivered" : "sent";
  }

  /** @param {HTMLElement} line @param {string} state */
  #mark(line, state) {
    const before = maybe(line, "[data-mark]");
    if (before?.dataset.mark === state) return;
    before?.remove();
    if (!state) return;
    const faces = findAll(this.#element, "template[data-chat-mark]");
    const face = faces.find(({ dataset }) => dataset.chatMark === state);
    if (face) find(line, "[data-text]").after(copyOf(face));
  }

  #tellSoon() {
    if (this.#isOver) return;
    const wait = Math.max(0, this.#toldAt + TELL_EVERY_MS - Date.now());
    if (!this.#timer) this.#timer = setTimeout(() => this.#tell(), wait);
  }

  async #tell() {
    this.#timer = undefined;
    const others = findAll(this.#lines, "[data-line]:not([data-mine])");
    const delivered = Math.max(this.#told.delivered, ...others.map(numberOf));
    const seen = Math.max(this.#told.seen, ...this.#inSight(others).map(numberOf));
    if (delivered === this.#told.delivered && seen === this.#told.seen) return;
    this.#toldAt = Date.now();
    try {
      await post(this.#element.dataset.seenUrl ?? "", { delivered, seen });
      this.#told = { delivered, seen };
    } catch (refusal) {
      // The next line tells of this one too, unless the site wants to hear nothing more.
      if (!refusal.isPassing && refusal.status !== TOO_MANY) this.stop();
    }
  }

  /** Those that were not told of and are, or have been, above the log's lower edge. @param {HTMLElement[]} lines */
  #inSight(lines) {
    if (!this.#isShown || document.visibilityState !== "visible") return [];
    const edge = Math.min(this.#lines.getBoundingClientRect().bottom, innerHeight);
    const news = lines.filter((line) => numberOf(line) > this.#told.seen);
    return news.filter((line) => line.getBoundingClientRect().top < edge);
  }
}

/** @param {HTMLElement} line */
function numberOf(line) {
  return Number(line.dataset.line);
}
