// An invitation that does not arrive: said once while the panel is closed, with the way to its row, and from there to
// the phone.
import { delegate } from "../core/dom.js";
import { findAll } from "../core/elements.js";
import { openDialog } from "../ui/dialog.js";
import { toast } from "../ui/toast.js";
import { panelOf } from "./offers.js";

/** What has been said, or was so when the page came: `7 bounced`. @type {Set<string>} */
const known = new Set(rowsInTrouble().map(keyOf));

document.addEventListener("region:refreshed", tell);
delegate(document, "click", "[data-leads-to]", lead);

function tell() {
  for (const row of rowsInTrouble()) {
    if (known.has(keyOf(row))) continue;
    known.add(keyOf(row));
    if (!panelOf(row).hasAttribute("open")) toast(row.dataset.trouble ?? "", row.id);
  }
}

function rowsInTrouble() {
  return findAll(document, "[data-invite] [data-trouble]");
}

/** @param {HTMLElement} row */
function keyOf({ dataset }) {
  return `${dataset.invitation} ${dataset.state}`;
}

/** @param {HTMLElement} button */
function lead({ dataset }) {
  const place = document.getElementById(dataset.leadsTo ?? "");
  if (!place) return;
  openDialog(panelOf(place).id);
  place.tabIndex = -1;
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
}
