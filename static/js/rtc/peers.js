// Who sends what to whom. Here: a mesh, a Peer for every other participant. Activities know only `publish`, `unpublish`
// and what is emitted, so that a server which forwards media (an SFU) can take this module's place.
import { Emitter } from "../core/emitter.js";
import { IncomingTracks } from "./incoming_tracks.js";
import { Peer } from "./peer.js";
import { Publications } from "./publications.js";
import { PATIENCE, Remote } from "./remote.js";

/**
 * @typedef {import("./incoming_tracks.js").Incoming} Incoming
 * @typedef {import("./peer.js").PeerOptions} PeerOptions
 */

// Milliseconds
const LOOK_EVERY = 1_000;

/**
 * @typedef {import("./incoming_tracks.js").IncomingEvents & {channel: {from: string, channel: RTCDataChannel},
 *   quality: {from: string, word: import("./quality.js").Quality["word"]}, "no-reach": {from: string}}} PeersEvents
 */

/** @extends {Emitter<PeersEvents>} */
export class Peers extends Emitter {
  #signalling;
  #me;
  #configuration;
  #makePeer;
  /** @type {Map<string, string>} the page load of everybody who is there */
  #pages = new Map();
  /** @type {Map<string, Remote>} */
  #others = new Map();
  #published = new Publications();
  /** @type {Set<string>} who offers first, over a connection that was made again */
  #begun = new Set();
  #incomingTracks = new IncomingTracks();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #looking;
  // More people are there than live media reach, and this one came after them.
  #rests = false;

  /**
   * @param {import("./signalling.js").Signalling} signalling
   * @param {{me: string, configuration: RTCConfiguration, makePeer?: (options: PeerOptions) => Peer}} options
   */
  constructor(signalling, { me, configuration, makePeer = (options) => new Peer(options) }) {
    super();
    this.#signalling = signalling;
    this.#me = me;
    this.#configuration = configuration;
    this.#makePeer = makePeer;
    this.#incomingTracks.onAny(["stream", "gone", "muted"], (incoming, type) => this.emit(type, incoming));
    signalling.on("hello", (heard) => this.handleHello(heard));
    signalling.on("bye", (heard) => this.handleBye(heard));
    signalling.on("description", (heard) => this.handleDescription(heard));
    signalling.on("candidates", (heard) => this.handleCandidates(heard));
    signalling.on("track-info", (heard) => this.handleTracks(heard));
  }

  /** How many others are reached or being reached. */
  get size() {
    return this.#others.size;
  }

  // ---- what activities use

  /**
   * Let everybody, now and later, have this stream.
   * @param {MediaStream} stream @param {string} kind @param {number} activity
   */
  publish(stream, kind, activity) {
    this.#published.add(stream, kind, activity);
    for (const key of this.#pages.keys()) this.#offerTo(key);
    this.#limit();
    this.#look();
  }

  /** @param {number} activity */
  unpublish(activity) {
    this.#published.remove(activity, this.#peers);
  }

  /** @param {number} activity @param {boolean} muted @param {boolean} [gone] its device was pulled out */
  mute(activity, muted, gone = false) {
    if (this.#published.note(activity, { muted, gone })) this.#signalling.tracks(null, this.#published.infos);
  }

  /**
   * A way to one other page for anything but media; null while that page is not there.
   * @param {string} key @param {string} label
   */
  openChannel(key, label) {
    return this.#pages.has(key) ? this.#other(key).peer.openChannel(label) : null;
  }

  /** How loud everybody is heard who sends to us. @returns {Map<string, number>} */
  levels() {
    const levels = new Map();
    for (const [key, { peer }] of this.#others) levels.set(key, Math.max(0, ...peer.levels().values()));
    return levels;
  }

  // ---- what the room tells

  /** Somebody has left the session. @param {string} key */
  handleLeft(key) {
    this.#forget(key);
  }

  /** Whether live media reach this page at all. @param {boolean} isWithin */
  handleCircle(isWithin) {
    if (this.#rests === !isWithin) return;
    this.#rests = !isWithin;
    if (isWithin) return this.#signalling.hello();
    this.#signalling.bye();
    for (const key of [...this.#pages.keys()]) this.#forget(key);
  }

  /** The page is in touch with the site again: say that it is here, and repeat what may have been lost. */
  handleFollowing() {
    if (this.#rests) return;
    this.#signalling.hello();
    for (const other of this.#others.values()) other.takeUp();
  }

  /** The network of this computer has changed. */
  handleNetworkChange() {
    for (const other of this.#others.values()) other.restart();
  }

  /** @param {RTCConfiguration} configuration */
  handleConfiguration(configuration) {
    this.#configuration = configuration;
    for (const other of this.#others.values()) other.configure(configuration);
  }

  close() {
    clearInterval(this.#looking);
    this.#signalling.bye();
    for (const key of [...this.#pages.keys()]) this.#forget(key);
  }

  // ---- what the others tell

  /** @param {import("./signalling.js").Heard} heard */
  handleHello({ from, page }) {
    if (this.#rests || from === this.#me || this.#pages.get(from) === page) return;
    this.#meet(from, page);
    // It does not know us yet, unless it has heard us say the same.
    this.#signalling.hello(from);
    this.#offerTo(from);
  }

  /** @param {import("./signalling.js").Heard} heard */
  handleBye({ from, page }) {
    if (this.#pages.get(from) === page) this.#forget(from);
  }

  /** @param {import("./signalling.js").Heard<"rtc.description">} heard */
  async handleDescription({ from, page, type, sdp }) {
    if (this.#rests || from === this.#me) return;
    if (this.#pages.get(from) !== page) this.#meet(from, page);
    await this.#other(from).peer.handleDescription({ type, sdp });
    this.#joinIn(from);
  }

  /** @param {import("./signalling.js").Heard<"rtc.candidate">} heard */
  handleCandidates({ from, page, candidates }) {
    if (this.#pages.get(from) === page) this.#others.get(from)?.peer.handleCandidates(candidates);
  }

  /** @param {import("./signalling.js").Heard<"rtc.track-info">} heard */
  handleTracks({ from, page, tracks }) {
    if (this.#rests || from === this.#me) return;
    if (this.#pages.get(from) !== page) this.#meet(from, page);
    this.#incomingTracks.handleTracks(from, tracks);
  }

  // ---- the mesh

  /** @param {string} key @param {string} page */
  #meet(key, page) {
    this.#forget(key);
    this.#pages.set(key, page);
  }

  /** @param {string} key */
  #forget(key) {
    const other = this.#others.get(key);
    this.#pages.delete(key);
    this.#others.delete(key);
    this.#begun.delete(key);
    this.#incomingTracks.forget(key);
    other?.close();
    this.#limit();
  }

  /** @param {string} key */
  #offerTo(key) {
    if (!this.#published.size || this.#begun.has(key)) return;
    this.#signalling.tracks(key, this.#published.infos);
    this.#published.sendTo(this.#other(key).peer, this.#pages.size);
  }

  /** @param {string} key @returns {Remote} */
  #other(key) {
    const known = this.#others.get(key);
    if (known) return known;
    const peer = this.#makePeer({ polite: isPolite(this.#me, key), configuration: this.#configuration });
    const other = new Remote(peer, this.#pages.get(key) ?? "", this.#configuration);
    this.#others.set(key, other);
    this.#listen(key, other);
    this.#limit();
    this.#look();
    return other;
  }

  /** @param {string} key @param {Remote} other */
  #listen(key, other) {
    const { peer, page } = other;
    peer.on("description", (description) => this.#signalling.describe(key, page, description));
    peer.on("candidate", (candidate) => this.#signalling.candidate(key, page, candidate));
    peer.on("track", ({ track, stream }) => this.#incomingTracks.handleTrack(key, track, stream));
    peer.on("channel", (channel) => this.emit("channel", { from: key, channel }));
    peer.on("stuck", () => this.#startOver(key, other));
    other.on("quality", (word) => this.emit("quality", { from: key, word }));
    // Files find another way by themselves; nobody need hear of it.
    other.on("no-reach", () => this.#hasMedia(key) && this.emit("no-reach", { from: key }));
  }

  /**
   * Where both begin at once, one with sound and one with a picture, Chromium lets whoever gave way never offer again.
   * So there is another connection, over which the other side offers first. @param {string} key @param {Remote} other
   */
  #startOver(key, other) {
    if (other.isClosed) return;
    this.#signalling.bye(key);
    this.#meet(key, other.page);
    this.#begun.add(key);
    this.#signalling.hello(key);
    // In case it has nothing to offer any more.
    setTimeout(() => this.#joinIn(key), PATIENCE);
  }

  /** @param {string} key */
  #joinIn(key) {
    if (this.#begun.delete(key)) this.#offerTo(key);
  }

  /** @param {string} key */
  #hasMedia(key) {
    return this.#published.size > 0 || this.#incomingTracks.has(key);
  }

  #limit() {
    this.#published.limit(this.#peers, this.#pages.size);
  }

  #look() {
    this.#looking ??= setInterval(() => this.#others.forEach((other) => other.look()), LOOK_EVERY);
  }

  get #peers() {
    return [...this.#others.values()].map(({ peer }) => peer);
  }
}

/** Of every two one is polite, and both know which. @param {string} me @param {string} other */
function isPolite(me, other) {
  return me < other;
}
