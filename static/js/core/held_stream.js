// The stream of a session whose room is still on its way: it follows, so that the page counts as present, and keeps
// what it hears until the room listens.
import { EventStream } from "./event_stream.js";

/** @typedef {import("./event_stream.js").StreamEvents} StreamEvents */

/** The end of it, which concerns the page whether there is a room or not. */
const AT_ONCE = ["session.ended", "over", "signed-out", "forbidden", "missing", "reload"];

export class HeldStream extends EventStream {
  /** @type {{type: string, tell: () => void}[]} */
  #kept = [];
  #isHeld = true;
  #after = 0;

  /** What a room that is asked for now will show by itself. */
  forget() {
    this.#kept = this.#kept.filter(
      ({ type }) => type === "following" || type === "lost" || type === "opened-elsewhere",
    );
  }

  /** Let what was kept be heard, as far as it happened after the room was drawn. @param {number} after */
  release(after) {
    this.#after = after;
    this.#isHeld = false;
    this.#kept.splice(0).forEach(({ tell }) => tell());
  }

  /**
   * @template {keyof StreamEvents & string} Type
   * @param {Type} type @param {import("./emitter.js").Carried<StreamEvents, Type>} carried
   */
  emit(type, ...carried) {
    if (this.#isHeld && !AT_ONCE.includes(type)) return this.#keep(type, () => this.emit(type, ...carried));
    const [detail] = carried;
    const isDrawn = detail && "after" in detail && detail.seq <= this.#after;
    if (!isDrawn) super.emit(type, ...carried);
  }

  /** @param {string} type @param {() => void} tell */
  #keep(type, tell) {
    // A signal is worth nothing later, and of the connection only the last word counts.
    if (type === "following" || type === "lost") {
      this.#kept = this.#kept.filter((each) => each.type !== "following" && each.type !== "lost");
    }
    if (!type.startsWith("signal")) this.#kept.push({ type, tell });
  }
}
