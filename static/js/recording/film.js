// One unbroken segment of a recording: composed, encoded by the browser, uploaded while it runs.
import { clock as serverClock } from "../core/clock.js";
import { Emitter } from "../core/emitter.js";
import { randomName } from "../core/random_name.js";
import { Composer } from "./composer.js";
import { Mixer } from "./mixer.js";
import { Uploader } from "./uploader.js";

// Milliseconds: what a crash may cost.
const PIECE = 2_000;
const LISTEN_EVERY = 500;
const BITS = { videoBitsPerSecond: 1_200_000, audioBitsPerSecond: 64_000 };
const TYPES = ["video/webm;codecs=vp8,opus", "video/webm", "video/mp4"];

/**
 * sound: the browser lets voices be heard after all.
 * @typedef {import("./uploader.js").UploaderEvents & {sound: void}} FilmEvents
 */

/** @extends {Emitter<FilmEvents>} */
export class Film extends Emitter {
  #composer;
  #mixer = new Mixer();
  #uploader;
  /** @type {MediaRecorder | null} */
  #recorder = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #listening;
  #isOver = false;
  #name = randomName();
  #began = 0;

  static get isPossible() {
    return typeof MediaRecorder === "function" && "captureStream" in HTMLCanvasElement.prototype && Boolean(typeOf());
  }

  /**
   * @param {{scene: () => import("./composer.js").Scene, sounds: () => MediaStream[], clock: string,
   *   send: (piece: {name: string, number: number, age: number, data: Blob}) => Promise<unknown>}} parts
   */
  constructor({ scene, sounds, clock, send }) {
    super();
    this.#composer = new Composer(scene, clock);
    this.#uploader = new Uploader((number, data) =>
      send({ name: this.#name, number, age: serverClock.now - this.#began, data }),
    );
    this.#uploader.on("stuck", (refusal) => this.emit("stuck", refusal));
    this.#uploader.on("failed", (refusal) => this.emit("failed", refusal));
    this.#mixer.on("running", () => this.emit("sound"));
    const listen = () => this.#mixer.keep(sounds());
    this.#listening = setInterval(listen, LISTEN_EVERY);
    listen();
  }

  async open() {
    // A track without sound would keep the pictures waiting for it.
    const sound = (await this.#mixer.open()) ? this.#mixer.tracks : [];
    if (this.#isOver) return;
    const stream = new MediaStream([...this.#composer.stream.getVideoTracks(), ...sound]);
    this.#recorder = new MediaRecorder(stream, { mimeType: typeOf(), ...BITS });
    this.#recorder.addEventListener("dataavailable", ({ data }) => data.size && this.#uploader.put(data));
    this.#recorder.addEventListener("error", () => this.emit("failed", {}));
    this.#began = serverClock.now;
    this.#recorder.start(PIECE);
  }

  pause() {
    if (this.#recorder?.state !== "recording") return;
    this.#recorder.pause();
    // A paused recorder delivers nothing by itself, and the page may be closed before it goes on.
    this.#recorder.requestData();
  }

  resume() {
    if (this.#recorder?.state === "paused") this.#recorder.resume();
  }

  /** Settles when the site has all of it, or will not have it. */
  async close() {
    this.#isOver = true;
    clearInterval(this.#listening);
    const recorder = this.#recorder;
    if (recorder && recorder.state !== "inactive") {
      const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
      recorder.stop();
      await stopped;
    }
    this.#composer.close();
    this.#mixer.close();
    await this.#uploader.settled;
  }
}

function typeOf() {
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}
