// Who helps the customer now, and why sharing stopped (S65, E17): a sentence that stays until it is closed, or the
// customer is asked for something again. The words stand in the element's data-text-… attributes.
import { apart } from "../core/directions.js";
import { find } from "../core/elements.js";

export class Handover {
  #element;
  /** Whether something that was shown stopped since control changed last. */
  #stopped = false;

  /**
   * @param {HTMLElement} element @param {import("../core/event_stream.js").EventStream} stream
   * @param {import("../media/live_activities.js").LiveActivities} activities
   */
  constructor(element, stream, activities) {
    this.#element = element;
    activities.on("ended", ({ live: { kind, state }, reason }) => {
      // Nothing was shown of what was asked, or allowed, and never began.
      const wasShown = state === "running" && isSeen(kind);
      if (["control_transferred", "relinquished"].includes(reason)) this.#stopped ||= wasShown;
    });
    stream.on("control.transferred", ({ data: { from_name, to_name, why } }) =>
      this.#tell(why === "vanished" ? "lost" : "helps", from_name, to_name),
    );
    stream.on("control.released", ({ data: { from_name } }) => this.#tell("released", from_name, ""));
    stream.on("activity.requested", () => this.#close());
    find(element, "[data-handover-close]").addEventListener("click", () => this.#close());
  }

  /** @param {"helps" | "lost" | "released"} how @param {string} from @param {string} to */
  #tell(how, from, to) {
    const { textHelps, textHelpsStopped, textLostStopped, textReleasedStopped } = this.#element.dataset;
    const stopped = { helps: textHelpsStopped, lost: textLostStopped, released: textReleasedStopped }[how];
    const words = this.#stopped ? stopped : how === "released" ? "" : textHelps;
    this.#stopped = false;
    if (!words) return this.#close();
    this.#element.hidden = false;
    find(this.#element, "[data-handover-words]").textContent = words
      .replaceAll("{from}", () => apart(from))
      .replaceAll("{to}", () => apart(to));
  }

  #close() {
    this.#element.hidden = true;
  }
}

/** @param {string} kind */
function isSeen(kind) {
  return kind === "video" || kind.startsWith("share_") || kind.startsWith("view_");
}
