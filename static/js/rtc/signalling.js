// What browsers tell each other through the site before they reach each other directly (docs/protocol.md, "Signals").
// Every signal names the page load it comes from: after a reload nothing of the old page is taken for the new one's.
import { Emitter } from "../core/emitter.js";

/**
 * @typedef {import("../core/event_data.js").SignalData} SignalData
 * @typedef {import("../core/event_data.js").TrackInfo} TrackInfo
 */
/**
 * What a page tells, and whose it is.
 * @template {keyof SignalData} [Type="rtc.hello"]
 * @typedef {SignalData[Type] & {from: string}} Heard
 */

// Milliseconds: candidates come in bursts, and a page may send only so many frames.
const GATHER = 60;
const MOST_CANDIDATES = 40;

/**
 * @typedef {{hello: Heard, bye: Heard, description: Heard<"rtc.description">, candidates: Heard<"rtc.candidate">,
 *   "track-info": Heard<"rtc.track-info">}} SignallingEvents
 */

/** @extends {Emitter<SignallingEvents>} */
export class Signalling extends Emitter {
  #stream;
  #page;
  /** @type {Map<string, {to: string, page: string, candidates: RTCIceCandidateInit[]}>} */
  #waiting = new Map();

  /** @param {import("../core/event_stream.js").EventStream} stream @param {string} page */
  constructor(stream, page) {
    super();
    this.#stream = stream;
    this.#page = page;
    stream.on("signal:rtc.hello", (signal) => this.#hear(signal, (heard) => this.emit("hello", heard)));
    stream.on("signal:rtc.bye", (signal) => this.#hear(signal, (heard) => this.emit("bye", heard)));
    stream.on("signal:rtc.description", (signal) => this.#hear(signal, (heard) => this.emit("description", heard)));
    stream.on("signal:rtc.candidate", (signal) => this.#hear(signal, (heard) => this.emit("candidates", heard)));
    stream.on("signal:rtc.track-info", (signal) => this.#hear(signal, (heard) => this.emit("track-info", heard)));
  }

  /** @param {string | null} [to] */
  hello(to = null) {
    this.#stream.signal("rtc.hello", { page: this.#page }, to);
  }

  /** @param {string | null} [to] */
  bye(to = null) {
    this.#stream.signal("rtc.bye", { page: this.#page }, to);
  }

  /** @param {string} to @param {string} page @param {{type: string, sdp: string}} description */
  describe(to, page, { type, sdp }) {
    this.#stream.signal("rtc.description", { page: this.#page, for: page, type, sdp }, to);
  }

  /** @param {string} to @param {string} page @param {RTCIceCandidateInit} candidate */
  candidate(to, page, candidate) {
    const key = `${to} ${page}`;
    const waiting = this.#waiting.get(key);
    if (waiting) waiting.candidates.push(candidate);
    else {
      this.#waiting.set(key, { to, page, candidates: [candidate] });
      setTimeout(() => this.#sendCandidates(key), GATHER);
    }
  }

  /** @param {string | null} to @param {TrackInfo[]} tracks */
  tracks(to, tracks) {
    this.#stream.signal("rtc.track-info", { page: this.#page, tracks }, to);
  }

  /** @param {string} key */
  #sendCandidates(key) {
    const waiting = this.#waiting.get(key);
    if (!waiting) return;
    const { to, page, candidates } = waiting;
    this.#waiting.delete(key);
    for (let start = 0; start < candidates.length; start += MOST_CANDIDATES) {
      const some = candidates.slice(start, start + MOST_CANDIDATES);
      this.#stream.signal("rtc.candidate", { page: this.#page, for: page, candidates: some }, to);
    }
  }

  /**
   * What was meant for an earlier load of this page says nothing to this one.
   * @template {import("../core/event_data.js").Paged} Data
   * @param {{from: import("../core/event_stream.js").Person | null, data: Data}} signal
   * @param {(heard: Data & {from: string}) => void} tell
   */
  #hear({ from, data }, tell) {
    if (!from || (data.for && data.for !== this.#page)) return;
    tell({ ...data, from: from.key });
  }
}
