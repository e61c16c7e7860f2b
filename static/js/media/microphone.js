// One's own microphone in a call: lent by the browser, muted, pulled out, changed for another in the middle.
import { Emitter } from "../core/emitter.js";
import { captureMicrophone, failureOf } from "../rtc/media.js";
import { Meter } from "./meter.js";
import { release } from "./outgoing.js";

/**
 * gone: it was pulled out, or the browser was told not to lend it any longer.
 * @typedef {{gone: void, refused: import("./outgoing.js").MediaRefusal}} MicrophoneEvents
 */

/** @extends {Emitter<MicrophoneEvents>} */
export class Microphone extends Emitter {
  /** @type {MediaStream | null} */
  #stream = null;
  #isMuted = false;
  #isGone = false;
  #meter = new Meter();
  #firstWord;

  /** @param {import("./first_word.js").FirstWord} [firstWord] */
  constructor(firstWord = (_name, capture) => capture()) {
    super();
    this.#firstWord = firstWord;
  }

  get stream() {
    return this.#stream;
  }

  get isMuted() {
    return this.#isMuted;
  }

  get isGone() {
    return this.#isGone;
  }

  /** Whether nothing is heard through it. */
  get isSilent() {
    return this.#isMuted || this.#isGone;
  }

  get level() {
    return this.isSilent ? 0 : this.#meter.level;
  }

  /** What the browser lends; null if it does not. */
  async capture() {
    try {
      return await this.#firstWord("microphone", captureMicrophone);
    } catch (error) {
      this.emit("refused", { failure: failureOf(error) });
      return null;
    }
  }

  /** Speak into this one from now on; it may be gone already. @param {MediaStream} stream */
  use(stream) {
    if (this.#stream) release(this.#stream);
    this.#stream = stream;
    this.#enable();
    this.#meter.listen(stream);
    const tracks = stream.getAudioTracks();
    this.#isGone = tracks.some(({ readyState }) => readyState === "ended");
    for (const track of tracks) track.addEventListener("ended", () => this.#onEnded(stream));
  }

  toggleMute() {
    this.#isMuted = !this.#isMuted;
    this.#enable();
  }

  stop() {
    if (this.#stream) release(this.#stream);
    this.#stream = null;
    this.#meter.stop();
    this.#isMuted = this.#isGone = false;
  }

  #enable() {
    this.#stream?.getAudioTracks().forEach((track) => (track.enabled = !this.#isMuted));
  }

  /** Stopping it ourselves fires nothing. @param {MediaStream} stream */
  #onEnded(stream) {
    if (stream !== this.#stream || this.#isGone) return;
    this.#isGone = true;
    this.emit("gone");
  }
}
