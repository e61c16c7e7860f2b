// Regions of the page that fetch their own HTML again when something happens that they name:
// <ul data-region-url="/…/regions/roster/" data-refresh-on="participant.joined participant.left">…</ul>
import { Backoff } from "./backoff.js";
import { morph, parse } from "./dom.js";
import { getHtml } from "./http.js";
import { pause } from "./pause.js";

// Milliseconds: one action often records several events.
const BURST = 30;
const MAX_ATTEMPTS = 5;

/** Dispatches on each region `region:refreshed`, or `region:failed` with the refusal; both bubble. */
export class Regions {
  #root;
  #fetchHtml;
  /** @type {WeakMap<Element, Refresh>} */
  #refreshes = new WeakMap();

  /**
   * @param {ParentNode} root
   * @param {import("./emitter.js").Emitter<import("./event_stream.js").StreamEvents>} stream
   * @param {{fetchHtml?: (url: string) => Promise<string>}} [options]
   */
  constructor(root, stream, { fetchHtml = getHtml } = {}) {
    this.#root = root;
    this.#fetchHtml = fetchHtml;
    stream.on("event", ({ type }) => this.#onEvent(type));
  }

  /** @param {string} type */
  #onEvent(type) {
    this.#root
      .querySelectorAll(`[data-region-url][data-refresh-on~="${type}"]`)
      .forEach((region) => this.refresh(region));
  }

  /** @param {Element} region */
  refresh(region) {
    const refresh = this.#refreshes.get(region) ?? new Refresh(region, this.#fetchHtml);
    this.#refreshes.set(region, refresh);
    refresh.ask();
  }
}

/**
 * One region's way to its newest HTML: one request at a time, so that an older answer never comes after a newer one.
 */
class Refresh {
  #region;
  #fetchHtml;
  #wanted = false;
  #running = false;

  /** @param {Element} region @param {(url: string) => Promise<string>} fetchHtml */
  constructor(region, fetchHtml) {
    this.#region = region;
    this.#fetchHtml = fetchHtml;
  }

  ask() {
    this.#wanted = true;
    if (!this.#running) this.#run();
  }

  async #run() {
    this.#running = true;
    const backoff = new Backoff();
    let attempts = 0;
    while (this.#wanted && this.#region.isConnected) {
      await pause(attempts ? backoff.next() : BURST);
      this.#wanted = false;
      const refusal = await this.#fetch();
      attempts = refusal ? attempts + 1 : 0;
      if (refusal?.isPassing && attempts < MAX_ATTEMPTS) this.#wanted = true;
    }
    this.#running = false;
  }

  async #fetch() {
    try {
      show(this.#region, await this.#fetchHtml(this.#region.getAttribute("data-region-url") ?? ""));
      this.#tell("region:refreshed");
      return null;
    } catch (error) {
      /** @type {import("./http.js").Refusal} */
      const refusal = error;
      this.#tell("region:failed", refusal);
      return refusal;
    }
  }

  /** @param {string} type @param {unknown} [detail] */
  #tell(type, detail) {
    this.#region.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }
}

/** The answer is the region's content, or the region itself with its content: both read well in a template. */
function show(/** @type {Element} */ region, /** @type {string} */ html) {
  const content = parse(html);
  const itself = content.firstElementChild;
  const isWhole = content.childElementCount === 1 && itself?.hasAttribute("data-region-url");
  morph(region, itself && isWhole ? itself : content);
}
