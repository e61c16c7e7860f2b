// Parts of a text marked in place, whatever elements it is made of, and taken out again.
import { findAll } from "../core/elements.js";

/** @param {HTMLElement} element @param {import("./found_words.js").Span[]} spans in order, none into another */
export function markWords(element, spans) {
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  /** @type {[text: Text, start: number][]} */
  const texts = [];
  for (let start = 0, node = nodes.nextNode(); node instanceof Text; node = nodes.nextNode()) {
    texts.push([node, start]);
    start += node.length;
  }
  for (const [text, start] of texts) {
    // From behind, so that what is before keeps its place.
    for (const { from, to } of spans.toReversed()) {
      const [first, end] = [Math.max(from - start, 0), Math.min(to - start, text.length)];
      if (first < end) mark(text, first, end);
    }
  }
}

/** @param {HTMLElement} element */
export function unmarkWords(element) {
  for (const marked of findAll(element, "mark")) marked.replaceWith(...marked.childNodes);
  element.normalize();
}

/** @param {Text} text @param {number} from @param {number} to */
function mark(text, from, to) {
  const part = text.splitText(from);
  part.splitText(to - from);
  const marked = document.createElement("mark");
  part.replaceWith(marked);
  marked.append(part);
}
