// Where words stand in a text, however either is spelt: folded as everything that is searched here (core/folding.js).
import { fold } from "../core/folding.js";

/** @typedef {{from: number, to: number}} Span of the text as it is written */

/**
 * The text as it is compared, and of each of its letters the place of the one that it was made of.
 * @param {string} text
 */
function foldedWithPlaces(text) {
  let folded = "";
  /** @type {number[]} */
  const places = [];
  let place = 0;
  for (const letter of text) {
    // Alone: what a letter becomes does not depend on its neighbours. A space is none to be trimmed here.
    const plain = /\s/.test(letter) ? " " : fold(letter);
    if (plain !== " " || !folded.endsWith(" ")) {
      folded += plain;
      for (let one = 0; one < plain.length; one += 1) places.push(place);
    }
    place += letter.length;
  }
  return { folded, places };
}

/** The words that have to be in a text. @param {string} query */
export function termsOf(query) {
  return [...new Set(fold(query).split(" ").filter(Boolean))];
}

/**
 * Where each of the terms stands, in the order of the text and each letter once; none if one of them is not there.
 * @param {string} text @param {string[]} terms
 * @returns {Span[]}
 */
export function foundIn(text, terms) {
  const { folded, places } = foldedWithPlaces(text);
  const isFound = terms.length && terms.every((term) => folded.includes(term));
  const spans = isFound ? terms.flatMap((term) => spansOf(folded, term)) : [];
  const inText = spans.map(({ from, to }) => ({ from: places[from], to: places[to] ?? text.length }));
  return joined(inText.toSorted((one, other) => one.from - other.from));
}

/** @param {string} folded @param {string} term */
function spansOf(folded, term) {
  const spans = [];
  for (let from = folded.indexOf(term); from >= 0; from = folded.indexOf(term, from + term.length)) {
    spans.push({ from, to: from + term.length });
  }
  return spans;
}

/** @param {Span[]} spans */
function joined(spans) {
  /** @type {Span[]} */
  const apart = [];
  for (const span of spans) {
    const last = apart.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else apart.push(span);
  }
  return apart;
}
