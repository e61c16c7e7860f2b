// The sound of a recording: everybody's voice, mixed. People come and go; the track stays.
import { Emitter } from "../core/emitter.js";
import { pause } from "../core/pause.js";

// Milliseconds. Without a press the browser may keep quiet; Firefox without a sound device never says so.
const PATIENCE = 1_000;

/** @extends {Emitter<{running: void}>} sound comes after all */
export class Mixer extends Emitter {
  #context = new AudioContext();
  #out = this.#context.createMediaStreamDestination();
  /** @type {Map<MediaStream, MediaStreamAudioSourceNode>} */
  #sources = new Map();
  #silence = new ConstantSourceNode(this.#context, { offset: 0 });
  #wake = () => this.#context.resume().catch(() => {});

  /** Whether there is sound. */
  async open() {
    // Without a source a browser makes no silence: it makes nothing, and the pictures wait for it.
    this.#silence.connect(this.#out);
    this.#silence.start();
    await Promise.race([this.#wake(), pause(PATIENCE)]);
    if (this.#context.state === "running") return true;
    this.#context.addEventListener("statechange", () => this.#context.state === "running" && this.emit("running"));
    for (const press of ["pointerdown", "keydown"]) addEventListener(press, this.#wake);
    return false;
  }

  get tracks() {
    return this.#out.stream.getAudioTracks();
  }

  /** Exactly these are heard. @param {MediaStream[]} streams */
  keep(streams) {
    const wanted = new Set(streams.filter((stream) => stream.getAudioTracks().length));
    for (const [stream, source] of this.#sources) {
      if (wanted.has(stream)) continue;
      source.disconnect();
      this.#sources.delete(stream);
    }
    for (const stream of wanted) if (!this.#sources.has(stream)) this.#connect(stream);
  }

  close() {
    for (const press of ["pointerdown", "keydown"]) removeEventListener(press, this.#wake);
    this.#context.close().catch(() => {});
  }

  /** @param {MediaStream} stream */
  #connect(stream) {
    const source = this.#context.createMediaStreamSource(stream);
    source.connect(this.#out);
    this.#sources.set(stream, source);
  }
}
