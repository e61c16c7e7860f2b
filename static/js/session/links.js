// Addresses in what people write become links, safely: text stays text, and only http, https and mail addresses count.

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"']+|\b[\w.+-]+@[\w-]+\.[\w.-]+\w/giu;
const TRAILING = /[.,;:!?)\]}»”’،؛؟]+$/u;

/**
 * @param {string} text
 * @returns {(string | {text: string, href: string})[]}
 */
export function splitLinks(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, "");
    const href = hrefOf(address);
    if (!href) continue;
    parts.push(text.slice(end, match.index), { text: address, href });
    end = match.index + address.length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

/** @param {Element} element whose text may hold addresses */
export function linkify(element) {
  element.replaceChildren(...splitLinks(element.textContent ?? "").map((part) => (typeof part === "string" ? part : anchor(part))));
}

/** @param {string} address */
function hrefOf(address) {
  const href = address.includes("://") ? address : address.startsWith("www.") ? `https://${address}` : `mailto:${address}`;
  return URL.canParse(href) ? href : null;
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
