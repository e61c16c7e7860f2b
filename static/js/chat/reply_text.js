// What a canned reply says in this session: the customer's language, its variables filled in, and what was typed to
// find it.
import { apart, ltr } from "../core/directions.js";

const TRIGGERS = "/#";
// What directs the eye from left to right in every language.
const NUMBERS = ["number"];
const VARIABLE = /([ \t\u00a0]*)\{(\w+)\}([ \t]*[,،][ \t]*)?/g;
const BEGINNING = /(^|\n)[ \t]*$/;

/**
 * In the customer's language, or in the other one where there is no other.
 * @param {{text: string, arabic: string}} reply @param {string} language
 */
export function inLanguage({ text, arabic }, language) {
  const isArabic = language === "ar" ? arabic !== "" : text === "";
  return { words: isArabic ? arabic : text, language: isArabic ? "ar" : "en" };
}

/**
 * One that has no value goes with the blank before it; at the beginning of a line, with the comma after it.
 * @param {string} text @param {Record<string, string>} values @param {string} language the text's
 */
export function fillIn(text, values, language) {
  const isRtl = language === "ar";
  return text.replace(VARIABLE, (_all, gap, name, comma = "", place) => {
    const value = values[name];
    if (!value) return BEGINNING.test(text.slice(0, place)) ? "" : comma;
    const shown = NUMBERS.includes(name) ? ltr(value, isRtl) : apart(value, isRtl);
    return `${gap}${shown}${comma}`;
  });
}

/** Whether a search begins with what stands at this place. @param {string} text @param {number} place */
export function isTrigger(text, place) {
  return text !== "" && place < text.length && TRIGGERS.includes(text[place]);
}

/**
 * What is searched for: what was typed after the sign that began it; null if that is gone, or a line further.
 * @param {string} text @param {number} from @param {number} caret
 */
export function queryIn(text, from, caret) {
  if (!isTrigger(text, from) || caret <= from) return null;
  const query = text.slice(from + 1, caret);
  return query.includes("\n") ? null : query;
}
