// What arrives from the others. A stream and the word on what it is come by different ways; only together they mean
// something.
import { Emitter } from "../core/emitter.js";

/**
 * @typedef {import("./signalling.js").TrackInfo} TrackInfo
 * @typedef {{from: string, kind: string, activity: number, muted: boolean, gone: boolean,
 *   stream: MediaStream}} Incoming
 */

/** @typedef {{stream: Incoming, gone: Incoming, muted: Incoming}} IncomingEvents */

/** @extends {Emitter<IncomingEvents>} */
export class IncomingTracks extends Emitter {
  /** @type {Map<string, Map<string, TrackInfo>>} */
  #told = new Map();
  /** @type {Map<string, Map<string, MediaStream>>} */
  #received = new Map();

  /** Whether anything was told of by this one. @param {string} key */
  has(key) {
    return Boolean(this.#told.get(key)?.size);
  }

  /** @param {string} key @param {TrackInfo[]} tracks all that it sends now */
  handleTracks(key, tracks) {
    const before = this.#told.get(key);
    this.#told.set(key, new Map(tracks.map((info) => [info.stream, info])));
    for (const id of this.#received.get(key)?.keys() ?? []) this.#match(key, id, before?.get(id));
  }

  /** @param {string} key @param {MediaStreamTrack} track @param {MediaStream} stream */
  handleTrack(key, track, stream) {
    if (!stream) return;
    const received = this.#received.get(key) ?? new Map();
    this.#received.set(key, received.set(stream.id, stream));
    track.addEventListener("ended", () => this.#drop(key, stream.id));
    this.#match(key, stream.id, undefined);
  }

  /** Nothing comes from this one any more. @param {string} key */
  forget(key) {
    for (const id of [...(this.#received.get(key)?.keys() ?? [])]) this.#drop(key, id);
    this.#told.delete(key);
    this.#received.delete(key);
  }

  /** @param {string} key @param {string} id @param {TrackInfo | undefined} before */
  #match(key, id, before) {
    const incoming = this.#incoming(key, id);
    if (!incoming) return;
    if (!before) this.emit("stream", incoming);
    else if (before.muted !== incoming.muted || Boolean(before.gone) !== incoming.gone) this.emit("muted", incoming);
  }

  /** @param {string} key @param {string} id */
  #drop(key, id) {
    const incoming = this.#incoming(key, id);
    this.#received.get(key)?.delete(id);
    if (incoming) this.emit("gone", incoming);
  }

  /** @param {string} key @param {string} id @returns {Incoming | null} */
  #incoming(key, id) {
    const stream = this.#received.get(key)?.get(id);
    const info = this.#told.get(key)?.get(id);
    return stream && info
      ? { from: key, kind: info.kind, activity: info.activity, muted: info.muted, gone: Boolean(info.gone), stream }
      : null;
  }
}
