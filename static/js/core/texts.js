// Sentences that stand in an element's data-text-… attributes, each by the word that it is about.

/** That of "denied", data-text-denied. @param {DOMStringMap} texts @param {string} word @param {string} [before] */
export function textOf(texts, word, before = "text") {
  return (word && texts[`${before}${word[0].toUpperCase()}${word.slice(1)}`]) || "";
}
