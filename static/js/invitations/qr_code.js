// The join link as a QR code. The server draws it when its dialog opens, and again when the link is another one.
import { delegate, morph, parse } from "../core/dom.js";
import { find, findAll } from "../core/elements.js";
import { getHtml } from "../core/http.js";
import { panelOf } from "./offers.js";

delegate(document, "click", "[data-invite] [data-shows-code]", (button) => show(find(panelOf(button), "[data-code]")));
document.addEventListener("region:refreshed", showOpen);
// One may have been opened before this was here.
showOpen();

function showOpen() {
  findAll(document, "[data-code][open]").forEach(show);
}

/** @param {HTMLElement} dialog */
async function show(dialog) {
  const place = find(dialog, "[data-code-url]");
  try {
    morph(place, parse(await getHtml(place.dataset.codeUrl ?? "")));
  } catch (refusal) {
    place.textContent = refusal.message;
  }
}
