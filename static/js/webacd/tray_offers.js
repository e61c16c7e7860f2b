// Offers, and colleagues who ask for help, in the tray, which floats over whatever the agent does: the console's,
// repeated in fewer words (CSS), so that they cost no request of their own.
import { morph } from "../core/dom.js";
import { findAll } from "../core/elements.js";
import { showTimes } from "../ui/local_time.js";
import { startCountdowns } from "./countdowns.js";

/** @param {HTMLElement} root of the console's offers @param {HTMLElement} place in the tray */
export function repeatOffers(root, place) {
  root.addEventListener("region:refreshed", () => repeat(root, place));
  startCountdowns(place);
  repeat(root, place);
}

/** @param {HTMLElement} root @param {HTMLElement} place */
function repeat(root, place) {
  const copies = document.createDocumentFragment();
  for (const offer of findAll(root, "[data-offer], [data-help]")) copies.append(copyOf(offer));
  morph(place, copies);
  // The page's own clock does not see what comes into another window.
  showTimes(place);
}

/** Of an element that stays on the page: no name in it is given twice. @param {HTMLElement} offer */
function copyOf(offer) {
  const name = offer.id;
  const copy = document.importNode(offer, true);
  for (const named of [copy, ...findAll(copy, "[id]")]) named.removeAttribute("id");
  copy.removeAttribute("aria-labelledby");
  copy.dataset.key = name;
  return copy;
}
