// An email address as people paste it: marks that nobody sees, punctuation around it, mailto:, a name with the address
// in angle brackets. The server reads alike (supportcenter/text/addresses.py) and has the last word.

const MARKS = /(?![\u200c\u200d])\p{Cf}/gu;
const BEFORE = /^(?:(?![!#$%&*+\-/=?^_`{|}~])[\p{Z}\p{P}\p{C}<>])+/u;
const AFTER = /[\p{Z}\p{P}\p{C}<>]+$/u;

/**
 * The address in the form that every mail program takes; null for what is none.
 * @param {string} typed
 */
export function readAddress(typed) {
  const address = bare(typed);
  const at = address.lastIndexOf("@");
  const user = address.slice(0, at);
  const host = hostOf(address.slice(at + 1));
  return at > 0 && host && /^[^\s"<>@]+$/.test(user) ? `${user}@${host}` : null;
}

/** @param {string} typed */
function bare(typed) {
  const text = typed.replace(MARKS, "");
  const address = trimmed(/^[^<>]*<([^<>]*)>[^<>]*$/.exec(text)?.[1] ?? text);
  const [, mailto] = /^mailto:([^?]*)/i.exec(address) ?? [];
  return mailto === undefined ? address : trimmed(decoded(mailto));
}

/** @param {string} text */
function trimmed(text) {
  return text.replace(BEFORE, "").replace(AFTER, "");
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An international domain as xn--…, which is what browsers make of it. @param {string} domain */
function hostOf(domain) {
  const url = `http://${domain}`;
  return /^[^\s/?#:@[\]]+\.[^\s/?#:@[\]]+$/.test(domain) && URL.canParse(url) ? new URL(url).hostname : null;
}
