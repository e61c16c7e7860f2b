// What desktop and application sharing have in common: the press opens the browser's own window, and nothing else may.
import { captureScreen } from "../rtc/media.js";

export class Sharing {
  mine = "";
  theirs = "";
  /** @type {"monitor" | "window"} */
  surface = "monitor";
  #outgoing;

  /** @param {import("./outgoing.js").Outgoing} outgoing */
  constructor(outgoing) {
    this.#outgoing = outgoing;
  }

  /** @param {string} kind */
  isOf(kind) {
    return kind === this.mine || kind === this.theirs;
  }

  /** In the press of the button. */
  start() {
    return this.#outgoing.start(this.mine, captureScreen(this.surface));
  }

  /**
   * In the press of Allow, or of the button that chooses (again).
   * @param {number} activity @param {Promise<unknown>} [allowed]
   */
  deliver(activity, allowed) {
    return this.#outgoing.deliver(activity, captureScreen(this.surface), allowed);
  }
}
