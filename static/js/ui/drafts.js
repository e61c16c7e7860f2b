// <textarea data-draft="note.7">: what is half written outlives the page in this tab, also where another page has a
// field of the same name. It is kept until it is sent, or deleted.
import { closest, findAll } from "../core/elements.js";

const FIELDS = "textarea[data-draft]";

/** @param {ParentNode} root */
export function recallDrafts(root) {
  for (const field of findAll(root, FIELDS)) field.value ||= sessionStorage.getItem(nameOf(field)) ?? "";
}

/** It has been sent. @param {HTMLTextAreaElement} field */
export function dropDraft(field) {
  sessionStorage.removeItem(nameOf(field));
}

/** @param {HTMLTextAreaElement} field */
function nameOf(field) {
  return `draft.${field.dataset.draft}`;
}

// Absent where tests run a module without a page.
if (globalThis.document) {
  document.addEventListener("input", ({ target }) => {
    const field = closest(target, FIELDS);
    if (!field) return;
    if (field.value) sessionStorage.setItem(nameOf(field), field.value);
    else dropDraft(field);
  });
  // A form that a script sends says itself when it is sent. One that is refused comes back with what was written.
  document.addEventListener("submit", ({ target, defaultPrevented }) => {
    if (defaultPrevented || !(target instanceof HTMLFormElement)) return;
    findAll(target, FIELDS).forEach(dropDraft);
  });
  recallDrafts(document);
}
