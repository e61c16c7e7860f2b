// The agent's status in the bar of a page: chosen by one press; read again when it has changed, when a wrap-up is over,
// and now and then, since a session of one's own takes a slot without a word.
import { findAll, maybe } from "../core/elements.js";
import { sendForms } from "./forms.js";
import { lookWhenOver } from "./when_over.js";

const AT_LEAST_EVERY_MS = 60_000;

/**
 * @param {HTMLElement} bar
 * @param {{regions: Pick<import("../core/regions.js").Regions, "watch" | "refresh">,
 *   ways: Parameters<typeof sendForms>[1]}} page `ways`: those of its other forms
 */
export function keepStatus(bar, { regions, ways }) {
  const region = maybe(bar, "[data-region-url]");
  if (!region) return;
  regions.watch(bar);
  const look = () => regions.refresh(region);
  sendForms(bar, { ...ways, onDone: look });
  bar.addEventListener("submit", () => findAll(bar, ":popover-open").forEach((menu) => menu.hidePopover()));
  lookWhenOver(region, look);
  setInterval(() => document.hidden || look(), AT_LEAST_EVERY_MS);
}
