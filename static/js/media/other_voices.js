// The others' voices: each comes as a stream, and is heard while this page is in the call.
import { Emitter } from "../core/emitter.js";

/**
 * @typedef {import("../rtc/peers.js").Incoming} Incoming
 * @typedef {{audio: HTMLAudioElement, muted: boolean, gone: boolean, activity: number, stream: MediaStream}} Heard
 */

/**
 * left: one is heard no more. muted: one has muted itself, or speaks again. gone: whose microphone was pulled out.
 * blocked: the browser wants a press before it makes sound.
 * @typedef {{left: void, muted: void, gone: {from: string}, blocked: void}} OtherVoicesEvents
 */

/** @extends {Emitter<OtherVoicesEvents>} */
export class OtherVoices extends Emitter {
  #sounds;
  #isIn;
  /** @type {Map<string, Heard>} */
  #heard = new Map();

  /**
   * @param {import("../rtc/peers.js").Peers} peers @param {Element} sounds where they play
   * @param {() => boolean} isIn whether this page is in the call
   */
  constructor(peers, sounds, isIn) {
    super();
    this.#sounds = sounds;
    this.#isIn = isIn;
    peers.on("stream", (incoming) => incoming.kind === "voice" && this.#onStream(incoming));
    peers.on("gone", (incoming) => incoming.kind === "voice" && this.#onGone(incoming));
    peers.on("muted", (incoming) => incoming.kind === "voice" && this.#onMuted(incoming));
  }

  /** @param {number} activity */
  streamsOf(activity) {
    return [...this.#heard.values()].filter((heard) => heard.activity === activity).map(({ stream }) => stream);
  }

  /** @param {number} activity @param {Map<string, number>} levels by key */
  speakersOf(activity, levels) {
    const there = [...this.#heard].filter(([, heard]) => heard.activity === activity);
    return there.map(([key, { muted, gone }]) => {
      const silent = muted || gone;
      return { key, level: silent ? 0 : (levels.get(key) ?? 0), muted: silent };
    });
  }

  /** This page has come into the call. */
  play() {
    for (const [key, heard] of this.#heard) this.#play(key, heard);
  }

  /** This page has left it. */
  silence() {
    for (const { audio } of this.#heard.values()) audio.remove();
  }

  /** In a press: the browser kept quiet because nothing had been pressed yet. */
  hear() {
    for (const { audio } of this.#heard.values()) audio.play().catch(() => this.emit("blocked"));
  }

  /** @param {Incoming} incoming */
  #onStream({ from, activity, stream, muted, gone }) {
    const audio = this.#heard.get(from)?.audio ?? document.createElement("audio");
    audio.autoplay = true;
    audio.srcObject = stream;
    const heard = { audio, muted, gone, activity, stream };
    this.#heard.set(from, heard);
    if (this.#isIn()) this.#play(from, heard);
  }

  /** @param {string} from @param {Heard} heard */
  #play(from, { audio }) {
    audio.dataset.from = from;
    this.#sounds.append(audio);
    audio.play().catch((error) => error.name === "NotAllowedError" && this.emit("blocked"));
  }

  /** @param {Incoming} incoming */
  #onGone({ from, stream }) {
    if (this.#heard.get(from)?.stream !== stream) return;
    this.#heard.get(from)?.audio.remove();
    this.#heard.delete(from);
    this.emit("left");
  }

  /** @param {Incoming} incoming */
  #onMuted({ from, muted, gone }) {
    const heard = this.#heard.get(from);
    if (gone && heard && !heard.gone && this.#isIn()) this.emit("gone", { from });
    if (heard) Object.assign(heard, { muted, gone });
    this.emit("muted");
  }
}
