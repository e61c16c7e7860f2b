// A session number as people type and paste it. The server reads alike (sessions_app/models/session_numbers.py) and has
// the last word.

const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
const SEPARATORS = /[\s\p{P}\p{C}\u2212\u207b\u208b\u2796\u2500\u02d7\u30fc]/gu;
const LENGTH = 9;

/**
 * Its digits as 0-9, in threes; null for what is no part of a number, which is left for the server to judge.
 * @param {string} typed
 */
export function tidied(typed) {
  const digits = typed.replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf)).replace(SEPARATORS, "");
  return /\D/.test(digits) || digits.length > LENGTH ? null : digits.replace(/(\d{3})(?=\d)/g, "$1 ");
}
