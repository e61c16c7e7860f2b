// Addresses in what people write become links, safely: text stays text, and only http, https and mail addresses count.

// Whatever is no space, no bracket of a tag, no double quote and no mark that is not seen; joiners shape letters.
const CHARACTER = String.raw`(?:[^\s<>"\p{Cf}]|[\u200c\u200d])`;
const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\u200c\u200d-]*[\p{L}\p{N}\p{M}])?`;
// A domain without www. is taken for one in Latin letters and under a name that is hardly the next sentence's first
// word.
const LATIN = String.raw`[\p{Script=Latin}\d](?:[\p{Script=Latin}\d-]*[\p{Script=Latin}\d])?`;
const ENDINGS =
  "com|org|net|edu|gov|mil|int|info|biz|dev|app|shop|store|online|site|cloud|eu|uk|de|fr|es|pt|nl|ch|se|dk|fi|cz|gr" +
  "|hu|ru|ua|tr|jp|cn|kr|au|nz|br|mx|ca|za" +
  "|ae|sa|eg|jo|qa|kw|bh|om|lb|sy|iq|ye|ps|ma|dz|tn|ly|sd|ir|pk";
// Any other country's ending only where a path follows.
const ENDING = String.raw`(?:(?:${ENDINGS})(?![\p{L}\p{N}\p{M}@_-]|\.[\p{L}\p{N}])|[a-z]{2}(?=(?::\d+)?/${CHARACTER}))`;
const PLAIN = String.raw`(?:${LATIN}\.)+${ENDING}(?::\d+)?(?:[/?#]${CHARACTER}*)?`;
const MAIL = String.raw`[\w.+-]+@(?:${LABEL}\.)+${LABEL}`;
const ADDRESS = new RegExp(
  String.raw`\bhttps?://${CHARACTER}+|\bwww\.${CHARACTER}+|(?<![\w.+-])${MAIL}|(?<![\p{Script=Latin}\d@._/-])${PLAIN}`,
  "giu",
);

const TRAILING = /[.,;:!?'’”»،؛؟…*\u200c\u200d]$/u;
/** @type {Record<string, string>} */
const BRACKETS = { ")": "(", "]": "[", "}": "{" };

/**
 * @param {string} text
 * @returns {(string | {text: string, href: string})[]}
 */
export function splitLinks(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTail(match[0]);
    const href = hrefOf(address);
    if (!href) continue;
    parts.push(text.slice(end, match.index), { text: address, href });
    end = match.index + address.length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

/** @param {Element} element whose text may hold addresses */
export function linkify(element) {
  element.replaceChildren(
    ...splitLinks(element.textContent ?? "").map((part) => (typeof part === "string" ? part : anchor(part))),
  );
}

/**
 * The sentence's punctuation goes, and a closing bracket that was opened before the address.
 * @param {string} address
 * @returns {string}
 */
function withoutTail(address) {
  const last = address.slice(-1);
  const opening = BRACKETS[last];
  const isTail = TRAILING.test(address) || (opening && count(address, last) > count(address, opening));
  return isTail ? withoutTail(address.slice(0, -1)) : address;
}

/** @param {string} text @param {string} character */
function count(text, character) {
  return text.split(character).length - 1;
}

/** @param {string} address */
function hrefOf(address) {
  if (/^[^/?#:]*@/.test(address)) return `mailto:${address}`;
  const isWhole = /^https?:\/\//i.test(address);
  const href = isWhole ? address : `https://${address}`;
  // "www." alone is no domain.
  return URL.canParse(href) && (isWhole || new URL(href).hostname.includes(".")) ? href : null;
}

/** @param {{text: string, href: string}} link */
function anchor({ text, href }) {
  const link = document.createElement("a");
  link.href = href;
  link.target = "_blank";
  // The other site learns neither that it was opened from here nor how to reach this page.
  link.rel = "noopener noreferrer nofollow";
  link.dir = "ltr";
  link.textContent = text;
  return link;
}
