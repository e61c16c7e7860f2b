// The join link as a QR code, in the panel and large in a dialog. The server draws it when they open, and again when
// the link is another one.
import { delegate, morph, parse } from "../core/dom.js";
import { find, findAll, maybe } from "../core/elements.js";
import { getHtml } from "../core/http.js";
import { panelOf } from "./offers.js";

// Opening a panel moves the focus into it.
delegate(document, "focusin", "[data-invite]", showHere);
delegate(document, "click", "[data-invite] [data-shows-code]", (button) => show(find(panelOf(button), "[data-code]")));
document.addEventListener("region:refreshed", showOpen);
// One may have been opened before this was here.
showOpen();

function showOpen() {
  findAll(document, "[data-invite][open]").forEach(showHere);
  findAll(document, "[data-code][open]").forEach(show);
}

/** @param {HTMLElement} panel */
function showHere(panel) {
  const place = maybe(panel, "[data-code-here]:empty");
  if (place) fill(place);
}

/** @param {HTMLElement} dialog */
function show(dialog) {
  fill(find(dialog, "[data-code-url]"));
}

/** @param {HTMLElement} place */
async function fill(place) {
  try {
    morph(place, parse(await getHtml(place.dataset.codeUrl ?? "")));
  } catch (refusal) {
    place.textContent = refusal.message;
  }
}
