// One's own camera: on and off, resumed after a reload, turned from front to back on a phone.
import { captureCamera } from "../rtc/media.js";
import { release } from "./outgoing.js";

export class Video {
  #outgoing;
  #live;
  #me;
  #facing = "user";
  // The one being switched on by a press, so that its own event does not switch it on again.
  #underWay = 0;

  /**
   * @param {import("./outgoing.js").Outgoing} outgoing
   * @param {import("./live_activities.js").LiveActivities} live
   * @param {number} me
   */
  constructor(outgoing, live, me) {
    this.#outgoing = outgoing;
    this.#live = live;
    this.#me = me;
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
    await this.#outgoing.start("video", captureCamera());
    this.#underWay = 0;
  }

  /** @param {number} activity @param {Promise<unknown>} [allowed] */
  async deliver(activity, allowed) {
    this.#underWay = activity;
    await this.#outgoing.deliver(activity, captureCamera(), allowed);
    this.#underWay = 0;
  }

  /** The page was reloaded while the camera was on: it needs no press, the browser has been asked already. */
  resume() {
    const { mine } = this;
    if (mine && !this.#outgoing.streamOf(mine.activity)) this.deliver(mine.activity);
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

  /**
   * A standing permission answers without a press: the camera comes on by itself, and the page says so.
   * @param {{live: import("./live_activities.js").Live}} changed
   */
  #onChanged({ live }) {
    if (live.kind === "video" && live.state === "allowed" && live.owner === this.#me && !this.#underWay) {
      this.deliver(live.activity);
    }
  }
}
