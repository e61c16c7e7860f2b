// <select data-sends>: chosen means done, so it shows what the server knows and nothing else: not what the browser
// remembers of an earlier visit, nor a choice that the server refused. One that is on its way is left alone.
import { findAll, isElement } from "../core/elements.js";

/**
 * Forms whose choice is on its way. Not told by an attribute, which a refresh would take away.
 * @type {WeakSet<HTMLFormElement>}
 */
export const underWay = new WeakSet();

document.addEventListener("region:refreshed", ({ target }) => isElement(target) && showServerValues(target));
showServerValues(document);

/** @param {ParentNode} root */
function showServerValues(root) {
  for (const field of findAll(root, "select[data-sends]")) {
    if (!("waits" in field.dataset) && !(field.form && underWay.has(field.form))) showServerValue(field);
  }
}

/** @param {HTMLSelectElement} field */
export function showServerValue(field) {
  const known = [...field.options].find((option) => option.defaultSelected);
  if (known) field.value = known.value;
}
