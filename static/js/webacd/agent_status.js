// The agent's status in the bar of a page: chosen by one press; read again when it has changed, when a wrap-up is over,
// and now and then, since a session of one's own takes a slot without a word.
import { maybe } from "../core/elements.js";
import { closeMenus } from "../ui/menu.js";
import { sendForms } from "./forms.js";
import { lookWhenOver } from "./when_over.js";

const AT_LEAST_EVERY_MS = 60_000;

/**
 * Send what is chosen, from the first moment on: a press must never lead away from a session that runs on the page.
 * @param {HTMLElement} bar @param {() => void} onDone
 */
export function sendStatus(bar, onDone) {
  sendForms(bar, { dashboard: undefined, onDone });
  bar.addEventListener("submit", () => closeMenus(bar));
}

/**
 * @param {HTMLElement} bar
 * @param {Pick<import("../core/regions.js").Regions, "watch" | "refresh">} regions
 * @returns {() => void} reads it again
 */
export function keepStatus(bar, regions) {
  const region = maybe(bar, "[data-region-url]");
  if (!region) return () => {};
  regions.watch(bar);
  const look = () => regions.refresh(region);
  lookWhenOver(region, look);
  setInterval(() => document.hidden || look(), AT_LEAST_EVERY_MS);
  return look;
}
