// The canned replies of a session, fetched when they are first wanted and kept. When the list is opened after a minute,
// or after a reply was saved, they are compared with the server's, which sends them only if they are others.
import { Emitter } from "../core/emitter.js";
import { getJsonIfChanged } from "../core/http.js";
import { ReplySearch } from "./reply_search.js";

const FRESH_MS = 60_000;
// After a request that failed.
const AGAIN_MS = 5_000;

/**
 * @typedef {{version: string, replies: import("./reply_search.js").Row[], labels: Record<string, string>,
 *   values: Record<string, Record<string, string>>}} Listed
 */

/** @extends {Emitter<{changed: void}>} changed: there are replies now, or other ones, or there is a failure */
export class ReplyStock extends Emitter {
  #url;
  #version = "";
  #askedAt = -Infinity;
  #isAsking = false;
  #failure = "";
  /** @type {ReplySearch | null} */
  search = null;
  /** What each source is called. @type {Record<string, string>} */
  labels = {};
  /** What variables stand for beside what the page shows, by language. @type {Listed["values"]} */
  values = {};

  /** @param {string} url */
  constructor(url) {
    super();
    this.#url = url;
  }

  /** None are known, and some are on their way. */
  get isAwaited() {
    return !this.search && this.#isAsking;
  }

  /** Have them, as fresh as they need to be. */
  async want() {
    if (this.#isAsking || performance.now() - this.#askedAt < FRESH_MS) return;
    this.#isAsking = true;
    const { search, failure } = this;
    try {
      await this.#fetch();
    } catch (refusal) {
      this.#askedAt = performance.now() - FRESH_MS + AGAIN_MS;
      this.#failure = refusal.message;
    } finally {
      this.#isAsking = false;
    }
    // What shows them is drawn them again for it.
    if (this.search !== search || this.failure !== failure) this.emit("changed");
  }

  /** Why there are none; what is known is better than nothing. */
  get failure() {
    return this.search ? "" : this.#failure;
  }

  /** There is another one by now. */
  forget() {
    this.#askedAt = -Infinity;
  }

  async #fetch() {
    /** @type {Listed | null} */
    const listed = await getJsonIfChanged(this.#url, this.#version && `"${this.#version}"`);
    this.#askedAt = performance.now();
    this.#failure = "";
    if (!listed) return;
    this.search = await ReplySearch.of(listed.replies);
    this.#version = listed.version;
    this.labels = listed.labels;
    this.values = listed.values;
  }
}
