// Who sends what to whom. Here: a mesh, a connection to every other participant. Activities know only `publish`,
// `unpublish` and what is emitted, so that a server which forwards media (an SFU) can take this module's place.
import { Emitter } from "../core/emitter.js";
import { IncomingTracks } from "./incoming_tracks.js";
import { Mesh } from "./mesh.js";
import { Publications } from "./publications.js";
import { PATIENCE } from "./remote.js";

/**
 * @typedef {import("./incoming_tracks.js").Incoming} Incoming
 * @typedef {import("./incoming_tracks.js").IncomingEvents & Pick<import("./mesh.js").MeshEvents,
 *   "channel" | "quality" | "no-reach">} PeersEvents
 */

/** @extends {Emitter<PeersEvents>} */
export class Peers extends Emitter {
  #signalling;
  #me;
  #mesh;
  /** @type {Map<string, string>} the page load of everybody who is there */
  #pages = new Map();
  #published = new Publications();
  /** @type {Set<string>} who offers first, over a connection that was made again */
  #begun = new Set();
  #incomingTracks = new IncomingTracks();
  // More people are there than live media reach, and this one came after them.
  #rests = false;

  /**
   * @param {import("./signalling.js").Signalling} signalling
   * @param {ConstructorParameters<typeof Mesh>[0]} options
   */
  constructor(signalling, options) {
    super();
    this.#signalling = signalling;
    this.#me = options.me;
    this.#mesh = new Mesh(options);
    this.#incomingTracks.onAny(["stream", "gone", "muted"], (incoming, type) => this.emit(type, incoming));
    this.#listen();
    this.#followMesh();
  }

  /** How many others are reached or being reached. */
  get size() {
    return this.#mesh.size;
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
  }

  /** @param {number} activity */
  unpublish(activity) {
    this.#published.remove(activity, this.#mesh.peers);
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
    return this.#mesh.levels();
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
    this.#mesh.takeUp();
  }

  /** The network of this computer has changed. */
  handleNetworkChange() {
    this.#mesh.restart();
  }

  /** @param {RTCConfiguration} configuration */
  handleConfiguration(configuration) {
    this.#mesh.configure(configuration);
  }

  close() {
    this.#mesh.stop();
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
    if (this.#pages.get(from) === page) this.#mesh.get(from)?.peer.handleCandidates(candidates);
  }

  /** @param {import("./signalling.js").Heard<"rtc.track-info">} heard */
  handleTracks({ from, page, tracks }) {
    if (this.#rests || from === this.#me) return;
    if (this.#pages.get(from) !== page) this.#meet(from, page);
    this.#incomingTracks.handleTracks(from, tracks);
  }

  #listen() {
    this.#signalling.on("hello", (heard) => this.handleHello(heard));
    this.#signalling.on("bye", (heard) => this.handleBye(heard));
    this.#signalling.on("description", (heard) => this.handleDescription(heard));
    this.#signalling.on("candidates", (heard) => this.handleCandidates(heard));
    this.#signalling.on("track-info", (heard) => this.handleTracks(heard));
  }

  // ---- the mesh

  #followMesh() {
    const [mesh, signalling] = [this.#mesh, this.#signalling];
    mesh.on("made", () => this.#limit());
    mesh.on("stuck", ({ key, page }) => this.#startOver(key, page));
    mesh.on("description", ({ key, page, description }) => signalling.describe(key, page, description));
    mesh.on("candidate", ({ key, page, candidate }) => signalling.candidate(key, page, candidate));
    mesh.on("track", ({ key, track, stream }) => this.#incomingTracks.handleTrack(key, track, stream));
    mesh.on("channel", (opened) => this.emit("channel", opened));
    mesh.on("quality", (judged) => this.emit("quality", judged));
    // Files find another way by themselves; nobody need hear of it.
    mesh.on("no-reach", ({ from }) => this.#hasMedia(from) && this.emit("no-reach", { from }));
  }

  /** @param {string} key @param {string} page */
  #meet(key, page) {
    this.#forget(key);
    this.#pages.set(key, page);
  }

  /** @param {string} key */
  #forget(key) {
    this.#pages.delete(key);
    this.#begun.delete(key);
    this.#incomingTracks.forget(key);
    this.#mesh.forget(key);
    this.#limit();
  }

  /** @param {string} key */
  #offerTo(key) {
    if (!this.#published.size || this.#begun.has(key)) return;
    this.#signalling.tracks(key, this.#published.infos);
    this.#published.sendTo(this.#other(key).peer, this.#pages.size);
  }

  /** @param {string} key */
  #other(key) {
    return this.#mesh.reach(key, this.#pages.get(key) ?? "");
  }

  /**
   * Where both begin at once, one with sound and one with a picture, Chromium never lets the yielding side offer again.
   * So there is another connection, over which the other side offers first. @param {string} key @param {string} page
   */
  #startOver(key, page) {
    this.#signalling.bye(key);
    this.#meet(key, page);
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
    this.#published.limit(this.#mesh.peers, this.#pages.size);
  }
}
