// One other page, and the connection to it: looked at now and then, found again when it fails, told what was lost.
import { Emitter } from "../core/emitter.js";
import { judge } from "./quality.js";

// Milliseconds
export const PATIENCE = 2_500;
// Looks after which an offer nobody has answered is told again: signals are not kept for anybody.
const REPEAT_AFTER = 5;
// A way that cannot be found after so many attempts will not be found: say so, and go on trying.
const FAILURES_TOLD = 2;

/**
 * @typedef {import("./quality.js").Quality} Quality
 * @typedef {{quality: Quality["word"], "no-reach": void}} RemoteEvents
 */

/** @extends {Emitter<RemoteEvents>} */
export class Remote extends Emitter {
  #configuration;
  /** @type {Quality | null} */
  #quality = null;
  #failures = 0;
  #looks = 0;
  #isClosed = false;

  /**
   * @param {import("./peer.js").Peer} peer @param {string} page its page load
   * @param {RTCConfiguration} configuration
   */
  constructor(peer, page, configuration) {
    super();
    this.peer = peer;
    this.page = page;
    this.#configuration = configuration;
    peer.on("state", () => this.#onState());
  }

  get isClosed() {
    return this.#isClosed;
  }

  /** @param {RTCConfiguration} configuration */
  configure(configuration) {
    this.#configuration = configuration;
    this.peer.configure(configuration);
  }

  /** Look for another way. */
  restart() {
    this.peer.restart(this.#configuration);
  }

  /** Signals pass again: repeat what may have been lost. */
  takeUp() {
    this.peer.repeat();
    if (this.peer.state !== "connected") this.restart();
  }

  /** To be called regularly. */
  look() {
    this.#looks = this.peer.state === "connected" && !this.peer.isUnanswered ? 0 : this.#looks + 1;
    if (this.#looks && this.#looks % REPEAT_AFTER === 0) this.peer.repeat();
    this.#judge();
  }

  close() {
    this.#isClosed = true;
    this.peer.close();
  }

  #onState() {
    if (this.#isClosed) return;
    const { state } = this.peer;
    if (state === "connected") this.#failures = 0;
    if (state === "disconnected") this.#restartIfStill("disconnected");
    if (state === "failed") this.#onFailed();
    this.#judge();
  }

  #onFailed() {
    this.#failures += 1;
    if (this.#failures >= FAILURES_TOLD) this.emit("no-reach");
    this.#restartIfStill("failed");
  }

  /** @param {RTCPeerConnectionState} state */
  #restartIfStill(state) {
    setTimeout(() => this.peer.state === state && this.restart(), PATIENCE);
  }

  async #judge() {
    const reports = this.peer.state === "closed" ? [] : [...(await this.peer.stats()).values()];
    const before = this.#quality?.word;
    this.#quality = judge(this.peer.state, reports, this.#quality);
    if (this.#quality.word !== before && !this.#isClosed) this.emit("quality", this.#quality.word);
  }
}
