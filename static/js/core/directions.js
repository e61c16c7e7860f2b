// What has a direction of its own, set apart where no markup can do it: a message that passes, a notification, a title.
// The server does alike (supportcenter/text/directions.py).

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d]/u;

/**
 * A number, an address or a time, which run from left to right in every language; bare where all text does.
 * @param {string} text
 */
export function ltr(text, isRtl = isPageRtl()) {
  return isRtl ? `\u2066${text}\u2069` : text;
}

/**
 * A name in its own direction; bare if nothing in it runs against the page.
 * @param {string} text
 */
export function apart(text, isRtl = isPageRtl()) {
  return (isRtl ? LEFT_TO_RIGHT : RIGHT_TO_LEFT).test(text) ? isolated(text) : text;
}

/**
 * Between others whose direction is not known, as on a canvas that several languages share.
 * @param {string} text
 */
export function isolated(text) {
  return `\u2068${text}\u2069`;
}

function isPageRtl() {
  return globalThis.document?.documentElement?.dir === "rtl";
}
