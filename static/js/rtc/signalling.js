// What browsers tell each other through the site before they reach each other directly (docs/protocol.md, "Signals").
// Every signal names the page load it comes from: after a reload nothing of the old page is taken for the new one's.
import { Emitter } from "../core/emitter.js";

/**
 * @typedef {{stream: string, kind: string, activity: number, muted: boolean, gone?: boolean}} TrackInfo
 * @typedef {{from: string, page: string, [more: string]: any}} Heard
 */

// Milliseconds: candidates come in bursts, and a page may send only so many frames.
const GATHER = 60;
const MOST_CANDIDATES = 40;

/**
 * @typedef {{hello: Heard, bye: Heard, description: Heard, candidates: Heard, "track-info": Heard}} SignallingEvents
 */

/** @extends {Emitter<SignallingEvents>} */
export class Signalling extends Emitter {
  #stream;
  #page;
  /** @type {Map<string, {to: string, page: string, candidates: any[]}>} */
  #waiting = new Map();

  /** @param {import("../core/event_stream.js").EventStream} stream @param {string} page */
  constructor(stream, page) {
    super();
    this.#stream = stream;
    this.#page = page;
    this.#hear("rtc.hello", "hello");
    this.#hear("rtc.bye", "bye");
    this.#hear("rtc.description", "description");
    this.#hear("rtc.candidate", "candidates");
    this.#hear("rtc.track-info", "track-info");
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

  /** @param {string} to @param {string} page @param {any} candidate */
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
    const { to, page, candidates } = /** @type {{to: string, page: string, candidates: any[]}} */ (
      this.#waiting.get(key)
    );
    this.#waiting.delete(key);
    for (let start = 0; start < candidates.length; start += MOST_CANDIDATES) {
      const some = candidates.slice(start, start + MOST_CANDIDATES);
      this.#stream.signal("rtc.candidate", { page: this.#page, for: page, candidates: some }, to);
    }
  }

  /** @param {string} signal @param {keyof SignallingEvents} type */
  #hear(signal, type) {
    this.#stream.on(`signal:${signal}`, ({ from, data }) => {
      // What was meant for an earlier load of this page says nothing to this one.
      if (!from || (data.for && data.for !== this.#page)) return;
      this.emit(type, { ...data, from: from.key });
    });
  }
}
