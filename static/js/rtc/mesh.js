// The connections of a page: one to every other page with which it has something to exchange, looked at regularly.
import { Emitter } from "../core/emitter.js";
import { Peer } from "./peer.js";
import { Remote } from "./remote.js";

/**
 * @typedef {import("./peer.js").PeerOptions} PeerOptions
 * @typedef {import("./quality.js").Quality["word"]} QualityWord
 */

/**
 * made: there is one more. stuck: nothing can be offered over this one any more.
 * @typedef {{made: void, stuck: {key: string, page: string},
 *   description: {key: string, page: string, description: RTCSessionDescription},
 *   candidate: {key: string, page: string, candidate: RTCIceCandidateInit},
 *   track: {key: string, track: MediaStreamTrack, stream: MediaStream},
 *   channel: {from: string, channel: RTCDataChannel},
 *   quality: {from: string, word: QualityWord}, "no-reach": {from: string}}} MeshEvents
 */

// Milliseconds
const LOOK_EVERY = 1_000;

/** @extends {Emitter<MeshEvents>} */
export class Mesh extends Emitter {
  #me;
  #configuration;
  #makePeer;
  /** @type {Map<string, Remote>} */
  #others = new Map();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #looking;

  /** @param {{me: string, configuration: RTCConfiguration, makePeer?: (options: PeerOptions) => Peer}} options */
  constructor({ me, configuration, makePeer = (options) => new Peer(options) }) {
    super();
    this.#me = me;
    this.#configuration = configuration;
    this.#makePeer = makePeer;
  }

  get size() {
    return this.#others.size;
  }

  get peers() {
    return [...this.#others.values()].map(({ peer }) => peer);
  }

  /** @param {string} key */
  get(key) {
    return this.#others.get(key);
  }

  /** The connection to a page, which is made if there is none yet. @param {string} key @param {string} page */
  reach(key, page) {
    return this.#others.get(key) ?? this.#make(key, page);
  }

  /** @param {string} key */
  forget(key) {
    const other = this.#others.get(key);
    this.#others.delete(key);
    other?.close();
  }

  /** Signals pass again: what may have been lost is told once more. */
  takeUp() {
    for (const other of this.#others.values()) other.takeUp();
  }

  /** Look for other ways. */
  restart() {
    for (const other of this.#others.values()) other.restart();
  }

  /** @param {RTCConfiguration} configuration */
  configure(configuration) {
    this.#configuration = configuration;
    for (const other of this.#others.values()) other.configure(configuration);
  }

  /** How loud everybody is heard who sends to us. @returns {Map<string, number>} */
  levels() {
    const levels = new Map();
    for (const [key, { peer }] of this.#others) levels.set(key, Math.max(0, ...peer.levels().values()));
    return levels;
  }

  /** Nothing is looked at any more. */
  stop() {
    clearInterval(this.#looking);
  }

  /** @param {string} key @param {string} page @returns {Remote} */
  #make(key, page) {
    const peer = this.#makePeer({ polite: isPolite(this.#me, key), configuration: this.#configuration });
    const other = new Remote(peer, page, this.#configuration);
    this.#others.set(key, other);
    this.#listen(key, other);
    this.#looking ??= setInterval(() => this.#others.forEach((each) => each.look()), LOOK_EVERY);
    this.emit("made");
    return other;
  }

  /** @param {string} key @param {Remote} other */
  #listen(key, other) {
    const { peer, page } = other;
    peer.on("description", (description) => this.emit("description", { key, page, description }));
    peer.on("candidate", (candidate) => this.emit("candidate", { key, page, candidate }));
    peer.on("track", ({ track, stream }) => this.emit("track", { key, track, stream }));
    peer.on("channel", (channel) => this.emit("channel", { from: key, channel }));
    peer.on("stuck", () => other.isClosed || this.emit("stuck", { key, page }));
    other.on("quality", (word) => this.emit("quality", { from: key, word }));
    other.on("no-reach", () => this.emit("no-reach", { from: key }));
  }
}

/** Of every two one is polite, and both know which. @param {string} me @param {string} other */
function isPolite(me, other) {
  return me < other;
}
