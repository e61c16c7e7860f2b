// Text folded for comparison, as the server folds it (supportcenter/text/folding.py): without case, vowel marks,
// accents, tatweel and invisible characters, with digits 0-9 and single spaces. tests/folding.json holds both to it.

// Letters that Arabic writers use for one another; hamza and madda on alef are marks by then. Sigma has two small ones.
const ALIKE = new Map(["ٱا", "ةه", "ىي", "یي", "کك", "ہه", "ەه", "ςσ"].map(([letter, plain]) => [letter, plain]));
const UNLIKE = new RegExp(`[${[...ALIKE.keys()].join("")}]`, "gu");
// What draws nothing, and tatweel. Zero-width joiners among them, as on the server.
const NOTHING = /[\p{Cf}\u0640\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u034f\u180b-\u180d\u180f\ufe00-\ufe0f]/gu;
// Marks of scripts in which they are left out; signs of others, such as a virama, change the word.
const MARKS = /(?=\p{Mn})[\p{sc=Inherited}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}]/gu;
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
const PLAIN = /^[\x20-\x7e]*$/;

/** @param {string} text */
export function fold(text) {
  if (PLAIN.test(text)) return spaced(text.toLowerCase());
  // Up and down again: ß becomes ss.
  const cased = text.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKD");
  const bare = cased.replace(UNLIKE, (letter) => ALIKE.get(letter) ?? letter).replace(NOTHING, "").replace(MARKS, "");
  return spaced(bare.replace(DIGITS, (digit) => String((digit.codePointAt(0) ?? 0) & 15)));
}

/** @param {string} text */
function spaced(text) {
  return text.replace(/\s+/g, " ").trim();
}
