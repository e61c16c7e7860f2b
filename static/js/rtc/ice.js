// Where the relay is and how to be let in: asked for once, renewed at half its time, so that a way lost late in a long
// call can still be found again.
import { getJson } from "../core/http.js";

// Milliseconds
const TRY_AGAIN = 5_000;

/** @typedef {{ice_servers: RTCIceServer[], ice_transport_policy: RTCIceTransportPolicy, seconds: number}} Servers */

export class Ice {
  #url;
  #get;
  /** @type {(ReturnType<typeof setTimeout> & {unref?: () => void}) | undefined} */
  #renewal;
  /** @type {(configuration: RTCConfiguration) => void} */
  onRenewed = () => {};

  /** @param {string} url @param {{get?: (url: string) => Promise<Servers>}} [options] */
  constructor(url, { get = getJson } = {}) {
    this.#url = url;
    this.#get = get;
  }

  /** @returns {Promise<RTCConfiguration>} without a relay if the site cannot be asked: two in one office need none */
  async configuration() {
    try {
      const { ice_servers, ice_transport_policy, seconds } = await this.#get(this.#url);
      this.#renewIn(seconds * 500);
      return { iceServers: ice_servers, iceTransportPolicy: ice_transport_policy };
    } catch (refusal) {
      if (refusal.isPassing) this.#renewIn(TRY_AGAIN);
      return { iceServers: [] };
    }
  }

  stop() {
    clearTimeout(this.#renewal);
  }

  /** @param {number} wait */
  #renewIn(wait) {
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(async () => this.onRenewed(await this.configuration()), wait);
    // Where tests run, nothing waits for it.
    this.#renewal.unref?.();
  }
}
