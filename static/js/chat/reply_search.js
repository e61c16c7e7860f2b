// Search in canned replies at every key: what can be made ready once is, and who types on looks through less.
import { fold } from "../core/folding.js";
import { pause } from "../core/pause.js";

/**
 * A reply as the server lists it; `source` and `pk` are its name.
 * @typedef {[source: string, pk: number, shortcut: string, title: string, text: string, arabic: string, used: number]
 * } Row
 * @typedef {{name: string, source: string, shortcut: string, title: string, text: string, arabic: string, used: number,
 *   folded: {shortcut: string, title: string, text: string}}} Reply
 */

// Folded between two turns of the page: some milliseconds.
const AT_ONCE = 250;
const WORST_RANK = 4;

export class ReplySearch {
  /** Those used most first. @type {Reply[]} */
  #replies;
  #asked = "";
  #found;

  /** @param {Reply[]} replies */
  constructor(replies) {
    this.#replies = replies.toSorted((one, other) => other.used - one.used || byShortcut(one, other));
    this.#found = this.#replies;
  }

  /** @param {Row[]} rows @param {() => Promise<unknown>} [rest] */
  static async of(rows, rest = () => pause(0)) {
    /** @type {Reply[]} */
    const replies = [];
    for (let start = 0; start < rows.length; start += AT_ONCE) {
      if (start) await rest();
      replies.push(...rows.slice(start, start + AT_ONCE).map(ready));
    }
    return new ReplySearch(replies);
  }

  /**
   * The best first: those whose shortcut it is or begins, then the others; among equal ones those used most.
   * @param {string} query
   */
  search(query) {
    const asked = fold(query);
    const terms = asked.split(" ").filter(Boolean);
    // Whatever has the longer words has the shorter ones too.
    const among = this.#asked && asked.startsWith(this.#asked) ? this.#found : this.#replies;
    /** @type {Reply[][]} */
    const ranked = Array.from({ length: WORST_RANK + 1 }, () => []);
    for (const reply of among) {
      const rank = rankOf(reply, terms);
      if (rank !== null) ranked[rank].push(reply);
    }
    this.#asked = asked;
    // In the order of use, whatever their rank was: the next search ranks them again.
    this.#found = terms.length ? among.filter(inAny(ranked)) : this.#replies;
    return terms.length ? ranked.flat() : this.#replies;
  }
}

/** @param {Reply[][]} ranked */
function inAny(ranked) {
  const all = new Set(ranked.flat());
  return (/** @type {Reply} */ reply) => all.has(reply);
}

/** Null if a term is nowhere in it. @param {Reply} reply @param {string[]} terms */
function rankOf({ folded }, terms) {
  for (const term of terms) {
    if (!folded.shortcut.includes(term) && !folded.title.includes(term) && !folded.text.includes(term)) return null;
  }
  const first = terms[0] ?? "";
  if (folded.shortcut === terms.join(" ")) return 0;
  if (folded.shortcut.startsWith(first)) return 1;
  if (folded.shortcut.includes(first)) return 2;
  return folded.title.includes(first) ? 3 : WORST_RANK;
}

/** @param {Row} row @returns {Reply} */
function ready([source, pk, shortcut, title, text, arabic, used]) {
  const folded = { shortcut: fold(shortcut), title: fold(title), text: fold(`${text}\n${arabic}`) };
  return { name: `${source}-${pk}`, source, shortcut, title, text, arabic, used, folded };
}

/** @param {Reply} one @param {Reply} other */
function byShortcut({ folded: { shortcut: one } }, { folded: { shortcut: other } }) {
  return one < other ? -1 : Number(one > other);
}
