// The recording of one room: what its picture shows and its sound holds, and when it starts by itself because the site
// records every session.
import { Film } from "./film.js";
import { Recording } from "./recording.js";
import { delegate } from "../core/dom.js";
import { postBytes } from "../core/http.js";
import { isolated } from "../core/directions.js";
import { pause } from "../core/pause.js";

// Milliseconds that a page waits for the end of its recording before it goes.
const PATIENCE = 4_000;

export class RoomRecording {
  #root;
  #media;
  #texts;
  #hasGivenUp = false;
  #isStarting = false;
  /** The refusal that was told last: it is asked again and again until there is room. */
  #told = "";
  /** @type {Map<number, string>} */
  #present;

  /**
   * @param {HTMLElement} root @param {import("../core/event_stream.js").EventStream} stream
   * @param {{live: import("../media/live_activities.js").LiveActivities,
   *   api: import("../media/activity_api.js").ActivityApi, stage: import("../media/stage.js").Stage,
   *   voice: import("../media/voice.js").Voice, notices: {refused: (refusal: {message?: string}) => void}}} media the
   *   room's
   * @param {DOMStringMap} texts
   */
  constructor(root, stream, media, texts) {
    this.#root = root;
    this.#media = media;
    this.#texts = texts;
    this.#present = new Map(Object.entries(media.live.names).map(([key, name]) => [Number(key.split(".")[1]), name]));
    const me = Number(root.dataset.meId);
    const isPaused = root.querySelector('[data-recording-sign][data-state="paused"]') !== null;
    const { live, api } = media;
    this.recording = new Recording({
      live,
      api,
      stream,
      me,
      isPaused,
      isPossible: Film.isPossible,
      makeFilm: (recording) => this.#film(recording),
    });
    this.recording.on("refused", (refusal) => media.notices.refused(refusal));
    live.on("ended", (ended) => this.#onEnded(ended, me));
    this.#followPeople(stream);
    delegate(root, "submit", "[data-pauses-recording]", () => this.recording.pause());
    root.addEventListener("region:refreshed", () => this.#startIfDue());
  }

  resume() {
    this.recording.resume();
    this.#startIfDue();
  }

  stop() {
    this.recording.stop();
  }

  settled() {
    return Promise.race([this.recording.settled, pause(PATIENCE)]);
  }

  /** @param {number} recording */
  #film(recording) {
    const { baseUrl = "", clock = "" } = this.#texts;
    const base = `${baseUrl}recordings/${recording}/segments/`;
    return new Film({
      scene: () => this.#scene(),
      sounds: () => this.#media.voice.sounds,
      clock,
      send: ({ name, number, age, data }) =>
        postBytes(`${base}${name}/chunks/${number}/?age=${age}`, data, { "Content-Type": data.type }),
    });
  }

  /** @returns {import("./composer.js").Scene} */
  #scene() {
    return {
      pictures: this.#media.stage.pictures.map((picture) => ({ ...picture, caption: this.#caption(picture) })),
      names: [...this.#present.values()],
      number: this.#texts.number ?? "",
      nothing: this.#texts.textNothingShared ?? "",
    };
  }

  /**
   * Whose it is, for those who watch it later: nothing is "yours" there.
   * @param {{from: string, kind: string}} picture
   */
  #caption({ from, kind }) {
    const words = (kind === "screen" ? this.#texts.textScreen : this.#texts.textCamera) ?? "";
    return words.replace("{name}", () => isolated(this.#media.live.nameOf(from)));
  }

  /** @param {import("../core/event_stream.js").EventStream} stream */
  #followPeople(stream) {
    stream.on("participant.joined", ({ data: { participant, name } }) => this.#present.set(participant, name));
    stream.on("participant.left", ({ data: { participant } }) => this.#present.delete(participant));
  }

  /** The site records every session: this page, which controls it, begins. */
  async #startIfDue() {
    const isDue = this.#root.querySelector("[data-recording-due]") !== null && !this.recording.current;
    if (!isDue || this.#hasGivenUp || this.#isStarting) return;
    if (!this.recording.isPossible) {
      this.#hasGivenUp = true;
      return this.#media.notices.refused({ message: this.#texts.textRecordingImpossible });
    }
    this.#isStarting = true;
    await this.#media.api.start("recording").then(
      () => (this.#told = ""),
      (refusal) => this.#tellOnce(refusal),
    );
    this.#isStarting = false;
  }

  /** @param {{message: string}} refusal */
  #tellOnce({ message }) {
    if (message !== this.#told) this.#media.notices.refused({ message });
    this.#told = message;
  }

  /** @param {import("../media/live_activities.js").LiveActivitiesEvents["ended"]} ended @param {number} me */
  #onEnded({ live, reason }, me) {
    if (live.kind === "recording" && live.owner === me && reason === "failed") this.#hasGivenUp = true;
  }
}
