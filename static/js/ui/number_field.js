// The session number as it is typed: any digits become 0-9, in threes. The server accepts them untouched as well.

const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

for (const field of document.querySelectorAll("input[data-number]")) {
  field.addEventListener("input", () => tidy(/** @type {HTMLInputElement} */ (field)));
}

/** @param {HTMLInputElement} field */
function tidy(field) {
  const atEnd = field.selectionStart === field.value.length;
  const digits = field.value.replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf)).replace(/[\s\-]/g, "");
  // Whoever mends the middle keeps his place; whatever is no number is left for the server to judge.
  if (!atEnd || /\D/.test(digits) || digits.length > 9) return;
  field.value = digits.replace(/(\d{3})(?=\d)/g, "$1 ");
}
