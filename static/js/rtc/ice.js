// Where the relay is and how to be let in: asked for once, renewed at half its time, and after a sleep, so that a way
// lost late in a long call can still be found again.
import { getJson } from "../core/http.js";

// Milliseconds
const TRY_AGAIN = 5_000;

/** @typedef {{ice_servers: RTCIceServer[], ice_transport_policy: RTCIceTransportPolicy, seconds: number}} Servers */

export class Ice {
  #url;
  #get;
  #now;
  #dueAt = Infinity;
  /** @type {(ReturnType<typeof setTimeout> & {unref?: () => void}) | undefined} */
  #renewal;
  /** @type {(configuration: RTCConfiguration) => void} */
  onRenewed = () => {};

  /** @param {string} url @param {{get?: (url: string) => Promise<Servers>, now?: () => number}} [options] */
  constructor(url, { get = getJson, now = () => Date.now() } = {}) {
    this.#url = url;
    this.#get = get;
    this.#now = now;
  }

  /** @returns {Promise<RTCConfiguration>} without a relay if the site cannot be asked: two in one office need none */
  async configuration() {
    return (await this.#ask()) ?? { iceServers: [] };
  }

  /**
   * Do it with credentials that are good for a while: at once, or after asking, where a timer slept with the computer.
   * @param {() => void} look
   */
  async whenFresh(look) {
    if (this.#now() >= this.#dueAt) await this.#renew();
    look();
  }

  stop() {
    clearTimeout(this.#renewal);
    this.#dueAt = Infinity;
  }

  async #renew() {
    const configuration = await this.#ask();
    // What one has is kept where nothing was answered: it says, too, whether everything goes through the relay.
    if (configuration) this.onRenewed(configuration);
  }

  /** @returns {Promise<RTCConfiguration | null>} null if nothing was answered */
  async #ask() {
    try {
      const { ice_servers, ice_transport_policy, seconds } = await this.#get(this.#url);
      this.#renewIn(seconds * 500);
      return { iceServers: ice_servers, iceTransportPolicy: ice_transport_policy };
    } catch (refusal) {
      if (refusal.isPassing) this.#renewIn(TRY_AGAIN);
      else this.stop();
      return null;
    }
  }

  /** @param {number} wait */
  #renewIn(wait) {
    clearTimeout(this.#renewal);
    this.#dueAt = this.#now() + wait;
    this.#renewal = setTimeout(() => this.#renew(), wait);
    // Where tests run, nothing waits for it.
    this.#renewal.unref?.();
  }
}
