// What the representatives are told of this device: when it is something else than they know, and in such steps that
// no device that comes and goes makes a stream of news.
import { Errand } from "../core/errand.js";
import { post, Refusal } from "../core/http.js";
import { pause } from "../core/pause.js";

/** @typedef {import("./findings.js").Findings} Findings */

// Milliseconds. The site takes somewhat more from one person (sessions_app/views/check.py).
const REST = 4_000;
const TOO_MANY = 429;

export class DeviceReport {
  #url;
  #send;
  #told = "";
  #errand = new Errand(() => this.#tell(), { rest: REST });
  /** @type {Findings} */
  found = {};

  /** @param {string} url @param {typeof post} [send] */
  constructor(url, send = post) {
    this.#url = url;
    this.#send = send;
  }

  /** @param {Findings} found beside what was found before */
  add(found) {
    this.found = { ...this.found, ...found };
    this.#errand.ask("all");
  }

  /** @returns {Promise<Refusal | null>} */
  async #tell() {
    const news = JSON.stringify(this.found);
    if (news === this.#told || news === "{}") return null;
    try {
      await this.#send(this.#url, this.found);
      this.#told = news;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.status !== TOO_MANY) return refusal;
      await pause(1_000 * (Number(refusal.facts.retry_after) || 1));
      this.#errand.ask("all");
    }
    return null;
  }
}
