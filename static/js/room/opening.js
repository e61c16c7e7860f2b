// A session that this page holds while its room is still on its way: the socket follows at once, and the room is asked
// for until it comes, so that no session ends because one request failed.
import { parse } from "../core/dom.js";
import { maybe } from "../core/elements.js";
import { Emitter } from "../core/emitter.js";
import { HeldStream } from "../core/held_stream.js";
import { getHtml, Refusal } from "../core/http.js";
import { persist } from "../core/persist.js";
import { attendEarly } from "./attendance.js";

/**
 * trouble: a request failed in passing. gone: the session.ended event, or null.
 * @typedef {import("../core/event_stream.js").StreamEvent<"session.ended">} Ended
 * @typedef {{trouble: void, gone: Ended | null}} OpeningEvents
 */

/** @extends {Emitter<OpeningEvents>} */
export class Opening extends Emitter {
  #roomUrl;
  #isGone = false;
  #hasCome = false;

  /**
   * @param {string} key
   * @param {{socket?: string, position?: string, leavingUrl?: string, roomUrl?: string}} where
   * @param {boolean} isHeld false where the room has to come before anything can be followed
   */
  constructor(key, { roomUrl = "", ...where }, isHeld) {
    super();
    this.#roomUrl = roomUrl;
    this.key = key;
    if (isHeld) this.#hold(attendEarly(key, where));
  }

  /** @param {import("./attendance.js").Attendance} attendance */
  #hold(attendance) {
    /** @type {import("./attendance.js").Attendance | undefined} */
    this.attendance = attendance;
    attendance.stream.on("session.ended", (event) => this.#end(event));
    attendance.stream.onAny(["over", "signed-out", "forbidden", "missing"], () => this.#end(null));
    attendance.stream.on("reload", () => this.#letGo());
  }

  /** The room will be there on its own. */
  #letGo() {
    this.attendance?.stop();
    this.attendance = undefined;
  }

  /** @returns {Promise<{root: HTMLElement, tab: Element} | null>} null if the session is gone */
  async come() {
    try {
      const come = await persist(() => this.#fetch(), {
        isWanted: () => !this.#isGone,
        onTrouble: () => this.emit("trouble"),
      });
      this.#hasCome = !this.#isGone;
      return this.#hasCome ? come : null;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#end(null);
      return null;
    }
  }

  async #fetch() {
    const stream = this.attendance?.stream;
    if (stream instanceof HeldStream) stream.forget();
    const html = parse(await getHtml(this.#roomUrl));
    const root = maybe(html, "[data-room]");
    const tab = html.querySelector("[data-session]")?.parentElement;
    // A proxy's page, perhaps.
    if (!root || !tab) throw Refusal.unreadable(200);
    return { root, tab };
  }

  /** @param {Ended | null} ended the session.ended event */
  #end(ended) {
    if (this.#isGone || this.#hasCome) return;
    this.#isGone = true;
    this.#letGo();
    this.emit("gone", ended);
  }
}
