// Where regions get their HTML: one by its own URL, or all below one …/regions/ in one answer, if any has changed.
import { Refusal, getHtml, getJsonIfChanged } from "./http.js";

// …/regions/ and the region's name.
const ONE_OF_MANY = /^(.*\/regions\/)([\w-]+)\/$/;

/** @typedef {{html: string, tag: string}} Drawn */
/** Without its HTML, if that is what the region was last given. @typedef {{html?: string, tag: string}} Answer */

export class RegionSource {
  #address;
  #isOver;
  /** What each region was last given. @type {WeakMap<Element, Drawn>} */
  #given = new WeakMap();

  /** The one address that answers this region, and perhaps others. @param {Element} region */
  static addressOf(region) {
    const url = urlOf(region);
    return ONE_OF_MANY.exec(url)?.[1] ?? url;
  }

  /** @param {string} address @param {() => boolean} isOver */
  constructor(address, isOver) {
    this.#address = address;
    this.#isOver = isOver;
  }

  /** @param {Element[]} regions all of this address @returns {Promise<string[]>} the HTML of each */
  async fetch(regions) {
    if (this.#isOver()) throw new Refusal({ code: "over" });
    if (regions.every(nameOf)) return this.#together(regions);
    const html = await getHtml(this.#address);
    return regions.map(() => html);
  }

  /** @param {Element[]} regions */
  async #together(regions) {
    const names = regions.map(nameOf);
    const given = regions.map((region) => this.#given.get(region));
    const tag = given.every((one) => one) ? `"${given.map((one) => one?.tag).join(".")}"` : "";
    /** @type {Record<string, Answer> | null} */
    const drawn = await getJsonIfChanged(`${this.#address}?names=${names.join(",")}`, tag);
    return regions.map((region, index) => {
      const { html = given[index]?.html ?? missing(), tag } = drawn?.[names[index]] ?? given[index] ?? missing();
      this.#given.set(region, { html, tag });
      return html;
    });
  }
}

/** @returns {never} */
function missing() {
  throw Refusal.unreadable(200);
}

/** @param {Element} region */
function urlOf(region) {
  return region.getAttribute("data-region-url") ?? "";
}

/** @param {Element} region */
function nameOf(region) {
  return ONE_OF_MANY.exec(urlOf(region))?.[2] ?? "";
}
