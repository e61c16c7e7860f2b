// The requests by which a page starts, answers and stops activities; what comes of them arrives as events.
import { post } from "../core/http.js";

export class ActivityApi {
  #base;
  #post;

  /** @param {string} base the page's own address @param {typeof post} [send] */
  constructor(base, send = post) {
    this.#base = base;
    this.#post = send;
  }

  /** @param {string} kind @param {object} [details] @returns {Promise<{activity: number}>} */
  start(kind, details = {}) {
    return this.#post(`${this.#base}activities/`, { kind, ...details });
  }

  /** @param {number} activity @param {object} [details] */
  running(activity, details = {}) {
    return this.#post(`${this.#base}activities/${activity}/running/`, details);
  }

  /** @param {number} activity @param {string} [failure] why this browser could not */
  stop(activity, failure = "") {
    return this.#post(`${this.#base}activities/${activity}/stop/`, failure ? { failure } : {});
  }

  /** @param {number} activity @param {boolean} standing */
  allow(activity, standing) {
    return this.#post(`${this.#base}activities/${activity}/allow/`, standing ? { standing: "yes" } : {});
  }

  /** A customer takes part in a call. @param {number} call */
  answer(call) {
    return this.#post(`${this.#base}activities/${call}/answer/`);
  }

  /** Not to take part in a call; the caller is told. @param {number} call */
  decline(call) {
    return this.#post(`${this.#base}activities/${call}/decline-call/`);
  }

  /** @param {object} can */
  equip(can) {
    const fields = Object.fromEntries(Object.entries(can).map(([ability, has]) => [ability, has ? "yes" : "no"]));
    return this.#post(`${this.#base}can/`, fields);
  }
}
