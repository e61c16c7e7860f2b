// One's own camera: on and off, resumed after a reload, turned from front to back on a phone.
import { captureCamera, isGranted } from "../rtc/media.js";
import { release } from "./outgoing.js";

export class Video {
  #outgoing;
  #live;
  #me;
  #firstWord;
  // Allowed by a standing permission, but the browser would ask: it does so after a press.
  #waiting = 0;
  /** Whether one waits has changed. */
  onWaiting = () => {};
  #facing = "user";
  // The one being switched on by a press, so that its own event does not switch it on again.
  #underWay = 0;

  /**
   * @param {import("./outgoing.js").Outgoing} outgoing
   * @param {import("./live_activities.js").LiveActivities} live
   * @param {number} me
   * @param {import("./first_word.js").FirstWord} firstWord
   */
  constructor(outgoing, live, me, firstWord) {
    this.#outgoing = outgoing;
    this.#live = live;
    this.#me = me;
    this.#firstWord = firstWord;
    live.on("changed", (changed) => this.#onChanged(changed));
  }

  get mine() {
    return this.#live.all.find(
      ({ kind, owner, state }) => kind === "video" && owner === this.#me && state !== "requested",
    );
  }

  /** @param {(activity: number) => Promise<unknown>} stop */
  async toggle(stop) {
    if (this.#underWay) return;
    if (this.mine) return stop(this.mine.activity);
    this.#underWay = 1;
    await this.#outgoing.start("video", this.#firstWord("camera", captureCamera));
    this.#underWay = 0;
  }

  /** @param {number} activity @param {Promise<unknown>} [allowed] */
  async deliver(activity, allowed) {
    this.#underWay = activity;
    await this.#outgoing.deliver(activity, captureCamera(), allowed);
    this.#underWay = 0;
    // What it is for stays on the page while the browser asks.
    if (this.#waiting) this.#wait(0);
  }

  /** The page was reloaded while the camera was on: it needs no press, the browser has been asked already. */
  resume() {
    const { mine } = this;
    if (!mine || this.#outgoing.streamOf(mine.activity)) return;
    if (mine.state === "allowed") this.#onChanged({ live: mine });
    else this.deliver(mine.activity);
  }

  /** From the front to the back of a phone. */
  async turn() {
    const { mine } = this;
    const before = mine && this.#outgoing.streamOf(mine.activity);
    if (!mine || !before) return;
    this.#facing = this.#facing === "user" ? "environment" : "user";
    // A phone opens one camera at a time.
    before.getVideoTracks().forEach((track) => track.stop());
    const stream = await captureCamera({ facing: this.#facing }).catch(() => captureCamera());
    if (this.#live.wasEnded(mine.activity)) return release(stream);
    this.#outgoing.replace(mine.activity, stream);
  }

  /** Whether the camera for this activity waits for a press. @param {number} activity */
  waitsFor(activity) {
    return this.#waiting === activity;
  }

  /** @param {number} activity */
  #wait(activity) {
    this.#waiting = activity;
    this.onWaiting();
  }

  /**
   * A standing permission answers without a press: the camera comes on by itself, and the page says so; where the
   * browser would ask first, the page asks for a press, and says what for.
   * @param {{live: import("./live_activities.js").Live}} changed
   */
  async #onChanged({ live }) {
    const { activity, kind, state, owner } = live;
    if (kind !== "video" || state !== "allowed" || owner !== this.#me || this.#underWay) return;
    if (await isGranted("camera")) this.deliver(activity);
    else this.#wait(activity);
  }
}
