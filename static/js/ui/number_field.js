// The session number as it is typed: any digits become 0-9, in threes. The server accepts them untouched as well.
import { findAll } from "../core/elements.js";
import { tidied } from "../core/session_number.js";

for (const field of findAll(document, "input[data-number]")) field.addEventListener("input", () => tidy(field));

/** @param {HTMLInputElement} field */
function tidy(field) {
  // Someone who mends the middle keeps their place.
  if (field.selectionStart !== field.value.length) return;
  field.value = tidied(field.value) ?? field.value;
}
