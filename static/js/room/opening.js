// A session that this page holds while its room is still on its way: the socket follows at once, and the room is asked for
// until it comes, so that no session ends because one request failed.
import { parse } from "../core/dom.js";
import { HeldStream } from "../core/held_stream.js";
import { getHtml, Refusal } from "../core/http.js";
import { persist } from "../core/persist.js";
import { attendEarly } from "./attendance.js";

/** Ways in which it can end before there is a room. */
const ENDS = ["session.ended", "over", "signed-out", "forbidden", "missing"];

/** Dispatches "trouble" when a request failed in passing, "gone" with the session.ended event or null. */
export class Opening extends EventTarget {
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
    this.attendance = /** @type {import("./attendance.js").Attendance | undefined} */ (attendance);
    for (const end of ENDS) attendance.stream.addEventListener(end, (event) => this.#end(/** @type {CustomEvent} */ (event).detail));
    attendance.stream.addEventListener("reload", () => this.#letGo());
  }

  /** The room will be there on its own. */
  #letGo() {
    this.attendance?.stop();
    this.attendance = undefined;
  }

  /** @returns {Promise<{root: HTMLElement, tab: Element} | null>} null if the session is gone */
  async come() {
    try {
      const come = await persist(() => this.#fetch(), { isWanted: () => !this.#isGone, onTrouble: () => this.dispatchEvent(new Event("trouble")) });
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
    const root = /** @type {HTMLElement | null} */ (html.querySelector("[data-room]"));
    const tab = html.querySelector("[data-session]")?.parentElement;
    // A proxy's page, perhaps.
    if (!root || !tab) throw Refusal.unreadable(200);
    return { root, tab };
  }

  /** @param {any} ended */
  #end(ended) {
    if (this.#isGone || this.#hasCome) return;
    this.#isGone = true;
    this.#letGo();
    this.dispatchEvent(new CustomEvent("gone", { detail: ended?.type === "session.ended" ? ended : null }));
  }
}
