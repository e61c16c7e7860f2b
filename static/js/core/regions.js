// Regions of the page that fetch their own HTML again when something happens that they name:
// <ul data-region-url="/…/regions/roster/" data-refresh-on="participant.joined participant.left">…</ul>
// Those that stand side by side below one …/regions/ are asked for together, in one request.
import { morph, parse } from "./dom.js";
import { Errand } from "./errand.js";
import { RegionSource } from "./region_source.js";

/** @typedef {import("./emitter.js").Emitter<import("./event_stream.js").StreamEvents>} Stream */

/** Dispatches on each region `region:refreshed`, or `region:failed` with the refusal; both bubble. */
export class Regions {
  /** @type {ParentNode[]} */
  #roots;
  #isOver;
  /** By the address that answers them. @type {Map<string, Refresh>} */
  #refreshes = new Map();

  /**
   * @param {ParentNode} root
   * @param {Stream} stream
   * @param {{isOver?: () => boolean}} [options] isOver: nothing is asked for any more
   */
  constructor(root, stream, { isOver = () => false } = {}) {
    this.#roots = [root];
    this.#isOver = isOver;
    stream.on("event", ({ type }) => this.#onEvent(type));
  }

  /** Another part of the page that shows the same. @param {ParentNode} root */
  watch(root) {
    this.#roots.push(root);
  }

  /** @param {string} type */
  #onEvent(type) {
    for (const root of this.#roots) {
      root
        .querySelectorAll(`[data-region-url][data-refresh-on~="${type}"]`)
        .forEach((region) => this.refresh(region));
    }
  }

  /** @param {Element} region */
  refresh(region) {
    const address = RegionSource.addressOf(region);
    const refresh = this.#refreshes.get(address) ?? new Refresh(new RegionSource(address, this.#isOver));
    this.#refreshes.set(address, refresh);
    refresh.ask(region);
  }
}

/** The way of the regions of one address to their newest HTML. */
class Refresh {
  #source;
  /** @type {Errand<Element>} */
  #errand = new Errand((wanted) => this.#fetch(wanted.filter((region) => region.isConnected)));

  /** @param {RegionSource} source */
  constructor(source) {
    this.#source = source;
  }

  /** @param {Element} region */
  ask(region) {
    this.#errand.ask(region);
  }

  /** @param {Element[]} asked */
  async #fetch(asked) {
    if (!asked.length) return null;
    try {
      const drawn = await this.#source.fetch(asked);
      asked.forEach((region, index) => show(region, drawn[index]));
      asked.forEach((region) => tell(region, "region:refreshed"));
      return null;
    } catch (error) {
      /** @type {import("./http.js").Refusal} */
      const refusal = error;
      asked.forEach((region) => tell(region, "region:failed", refusal));
      return refusal;
    }
  }
}

/** @param {Element} region @param {string} type @param {unknown} [detail] */
export function tell(region, type, detail) {
  region.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
}

/** The answer is the region's content, or the region itself with its content: both read well in a template. */
function show(/** @type {Element} */ region, /** @type {string} */ html) {
  const content = parse(html);
  const itself = content.firstElementChild;
  const isWhole = content.childElementCount === 1 && itself?.hasAttribute("data-region-url");
  morph(region, itself && isWhole ? itself : content);
}
