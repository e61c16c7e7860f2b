// How the personal message counts: code points after CRLF to LF and NFC, as on the server (E22).

/** How many more characters fit; below zero, so many too many. @param {string} text @param {number} longest */
export function left(text, longest) {
  return longest - [...text.replace(/\r\n?/g, "\n").normalize("NFC")].length;
}
