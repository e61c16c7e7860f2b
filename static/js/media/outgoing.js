// One thing of mine that others see or hear: captured, reported to the site, published; ended with its activity,
// no matter who ends it. Desktop, application and camera differ only in how they are captured and what they are called.
import { Emitter } from "../core/emitter.js";
import { failureOf, surfaceOf } from "../rtc/media.js";

/**
 * @typedef {import("../rtc/peers.js").Peers} Peers
 * @typedef {{activity: number, kind: string, stream: MediaStream}} Shown
 * @typedef {{failure?: string, message?: string}} MediaRefusal this browser, or the site, said no
 * @typedef {{shown: Shown, hidden: Shown, refused: MediaRefusal}} OutgoingEvents
 */

/** @extends {Emitter<OutgoingEvents>} */
export class Outgoing extends Emitter {
  #live;
  #api;
  #peers;
  #kind;
  #isScreen;
  /** @type {Map<number, MediaStream>} */
  #shown = new Map();

  /**
   * @param {{live: import("./live_activities.js").LiveActivities, api: import("./activity_api.js").ActivityApi,
   *   peers: Pick<Peers, "publish" | "unpublish">, kind: "screen" | "camera"}} parts
   */
  constructor({ live, api, peers, kind }) {
    super();
    this.#live = live;
    this.#api = api;
    this.#peers = peers;
    this.#kind = kind;
    this.#isScreen = kind === "screen";
    live.on("ended", ({ live: { activity } }) => this.#hide(activity));
  }

  /** @param {number} activity */
  streamOf(activity) {
    return this.#shown.get(activity);
  }

  /**
   * Start an activity of one's own.
   * @param {string} kind @param {Promise<MediaStream>} captured begun in the press itself
   */
  async start(kind, captured) {
    const stream = await this.#capture(captured);
    if (!stream) return;
    try {
      const { activity } = await this.#api.start(kind, this.#details(stream));
      this.#show(activity, stream);
    } catch (refusal) {
      release(stream);
      this.emit("refused", { message: refusal.message });
    }
  }

  /**
   * Deliver what an activity of mine is waiting for; `allowed` is the answer on its way, if it is not given yet.
   * @param {number} activity @param {Promise<MediaStream>} captured @param {Promise<unknown>} [allowed]
   */
  async deliver(activity, captured, allowed = Promise.resolve()) {
    const [stream, isAllowed] = await Promise.all([this.#capture(captured, activity, allowed), this.#settled(allowed)]);
    if (!stream) return;
    if (!isAllowed) return release(stream);
    try {
      await this.#api.running(activity, this.#details(stream));
      this.#show(activity, stream);
    } catch (refusal) {
      // Withdrawn meanwhile: nothing is shown, and nobody keeps filming.
      release(stream);
      this.emit("refused", { message: refusal.message });
    }
  }

  /** Another camera, for instance, in the middle. @param {number} activity @param {MediaStream} stream */
  replace(activity, stream) {
    this.#hide(activity);
    this.#show(activity, stream);
  }

  /** @param {Promise<unknown>} allowed */
  async #settled(allowed) {
    try {
      await allowed;
      return true;
    } catch (refusal) {
      this.emit("refused", { message: refusal.message });
      return false;
    }
  }

  /** @param {Promise<MediaStream>} captured @param {number} [activity] @param {Promise<unknown>} [allowed] */
  async #capture(captured, activity, allowed) {
    try {
      return await captured;
    } catch (error) {
      const failure = failureOf(error, { screen: this.#isScreen });
      this.emit("refused", { failure });
      await allowed?.catch(() => {});
      if (activity) await this.#api.stop(activity, failure).catch(() => {});
      return null;
    }
  }

  /** @param {MediaStream} stream */
  #details(stream) {
    return this.#isScreen ? { surface: surfaceOf(stream) } : {};
  }

  /** @param {number} activity @param {MediaStream} stream */
  #show(activity, stream) {
    // Ended while the answer was under way.
    if (this.#live.wasEnded(activity)) return release(stream);
    this.#shown.set(activity, stream);
    // The person pressed "Stop sharing" in the browser's own bar, or closed what was shared.
    stream
      .getTracks()
      .forEach((track) =>
        track.addEventListener("ended", () => this.#api.stop(activity).catch(() => this.#hide(activity))),
      );
    this.#peers.publish(stream, this.#kind, activity);
    this.emit("shown", { activity, kind: this.#kind, stream });
  }

  /** @param {number} activity */
  #hide(activity) {
    const stream = this.#shown.get(activity);
    if (!stream) return;
    this.#shown.delete(activity);
    release(stream);
    this.#peers.unpublish(activity);
    this.emit("hidden", { activity, kind: this.#kind, stream });
  }
}

/** @param {MediaStream} stream */
export function release(stream) {
  stream.getTracks().forEach((track) => track.stop());
}
