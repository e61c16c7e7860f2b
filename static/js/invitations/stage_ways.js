// The join link and its code, on a stage that waits for the customer. The server draws them apart from the page, since
// that takes a while.
import { morph, parse } from "../core/dom.js";
import { findAll, isElement } from "../core/elements.js";
import { getHtml } from "../core/http.js";

document.addEventListener("region:refreshed", ({ target }) => isElement(target) && fill(target));
fill(document);

/** @param {ParentNode} root a region that has just been drawn, or all of the page */
function fill(root) {
  findAll(root, "[data-ways-url]:empty").forEach(show);
}

/** Without them there are still the number and the panel. @param {HTMLElement} place */
async function show(place) {
  const html = await getHtml(place.dataset.waysUrl ?? "").catch(() => "");
  morph(place, parse(html));
}
