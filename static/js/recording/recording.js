// The recording of a session, in the browser of the CSR in control: announced, then composed and uploaded. A page that
// is reloaded goes on by itself, with a segment of its own. All other pages only show the sign.
import { Emitter } from "../core/emitter.js";

// Milliseconds. The site wants three seconds between the announcement and the first picture.
const ANNOUNCED_FOR = 3_200;
const AGAIN_AFTER = 1_000;

/** @extends {Emitter<{refused: {message: string}}>} */
export class Recording extends Emitter {
  #live;
  #api;
  #me;
  #makeFilm;
  #isPaused;
  /** @type {import("./film.js").Film | null} */
  #film = null;
  #activity = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #announced;
  /** @type {Set<Promise<void>>} */
  #closing = new Set();

  /**
   * @param {{live: import("../media/live_activities.js").LiveActivities,
   *   api: import("../media/activity_api.js").ActivityApi, stream: import("../core/event_stream.js").EventStream,
   *   me: number, isPaused: boolean, isPossible: boolean, makeFilm: (recording: number) => import("./film.js").Film}}
   *   parts
   */
  constructor({ live, api, stream, me, isPaused, isPossible, makeFilm }) {
    super();
    this.#live = live;
    this.#api = api;
    this.#me = me;
    this.#makeFilm = makeFilm;
    this.#isPaused = isPaused;
    this.isPossible = isPossible;
    live.on("changed", ({ live: changed }) => this.#follow(changed));
    live.on("ended", ({ live: ended }) => ended.kind === "recording" && this.stop());
    stream.on("recording.paused", () => this.#onPaused(true));
    stream.on("recording.resumed", () => this.#onPaused(false));
  }

  /** What runs, no matter who records it. */
  get current() {
    return this.#live.all.find(({ kind }) => kind === "recording");
  }

  /** The page was reloaded in the middle. */
  resume() {
    if (this.current) this.#follow(this.current);
  }

  /** At the press: what comes next may be a password, and the site's answer takes its time. */
  pause() {
    this.#film?.pause();
  }

  stop() {
    clearTimeout(this.#announced);
    this.#activity = 0;
    this.#isPaused = false;
    this.#cut();
  }

  /** When the site has all that was recorded, or will not have it. */
  get settled() {
    return Promise.all([...this.#closing]);
  }

  /** @param {import("../media/live_activities.js").Live} live */
  #follow(live) {
    if (live.kind !== "recording" || live.owner !== this.#me) return;
    const isNew = this.#activity !== live.activity;
    this.#activity = live.activity;
    if (!this.isPossible) return this.#giveUp();
    if (live.state === "allowed" && isNew) this.#runSoon(live.activity, ANNOUNCED_FOR);
    if (live.state === "running" && !this.#isPaused) this.#roll();
  }

  /** @param {number} activity @param {number} wait */
  #runSoon(activity, wait) {
    this.#announced = setTimeout(async () => {
      try {
        await this.#api.running(activity);
      } catch (refusal) {
        const isPassing = refusal.isPassing || refusal.code === "not_announced_yet";
        if (isPassing && this.#activity === activity) this.#runSoon(activity, AGAIN_AFTER);
      }
    }, wait);
  }

  async #roll() {
    const recording = this.#live.get(this.#activity)?.details.recording;
    if (this.#film || !recording) return;
    try {
      const film = (this.#film = this.#makeFilm(recording));
      film.on("sound", () => this.#film === film && this.#rollAgain());
      film.on("stuck", (refusal) => this.#tell(refusal));
      film.on("failed", (refusal) => this.#film === film && this.#onFailed(refusal));
      await film.open();
    } catch {
      this.#giveUp();
    }
  }

  #rollAgain() {
    this.#cut();
    if (!this.#isPaused) this.#roll();
  }

  #cut() {
    if (!this.#film) return;
    const closing = this.#film.close().catch(() => {});
    this.#film = null;
    this.#closing.add(closing);
    closing.then(() => this.#closing.delete(closing));
  }

  /** @param {boolean} isPaused */
  #onPaused(isPaused) {
    this.#isPaused = isPaused;
    if (isPaused) this.#film?.pause();
    else if (this.#film) this.#film.resume();
    else this.resume();
  }

  /** @param {{message?: string}} refusal */
  #onFailed(refusal) {
    this.#tell(refusal);
    this.#giveUp();
  }

  #giveUp() {
    const activity = this.#activity;
    this.stop();
    this.#api.stop(activity, "unsupported").catch(() => {});
  }

  /** @param {{message?: string}} refusal */
  #tell({ message }) {
    if (message) this.emit("refused", { message });
  }
}
