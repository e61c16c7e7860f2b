// Search in the emoji of the picker, by their names in the page's language and in English.
import { fold } from "../core/folding.js";

/**
 * As supportcenter/emoji_names.py lists it.
 * @typedef {[sign: string, name: string, words: string]} Row
 * @typedef {Record<string, Row[]>} Listed by the group's name
 * @typedef {{sign: string, name: string}} Emoji
 */

export class EmojiSearch {
  /** @type {{sign: string, name: string, folded: string}[]} */
  #all;

  /** @param {Listed} listed */
  constructor(listed) {
    this.#all = Object.values(listed)
      .flat()
      .map(([sign, name, words]) => ({ sign, name, folded: ` ${fold(`${name} ${words}`)}` }));
  }

  /**
   * Those whose names have a word that begins with each of these; first those whose own name begins so.
   * @param {string} query
   */
  search(query) {
    const terms = fold(query).split(" ").filter(Boolean);
    const found = this.#all.filter(({ folded }) => terms.every((term) => folded.includes(` ${term}`)));
    const rank = (/** @type {Emoji} */ { name }) => Number(!fold(name).startsWith(terms[0] ?? ""));
    return terms.length ? found.toSorted((one, other) => rank(one) - rank(other)) : [];
  }

  /** Those of these that there are, in this order. @param {string[]} signs @returns {Emoji[]} */
  named(signs) {
    const known = new Map(this.#all.map((one) => [one.sign, one]));
    return signs.flatMap((sign) => known.get(sign) ?? []);
  }
}
