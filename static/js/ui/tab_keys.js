// How tabs are walked through by keys: Home, End and arrows, which are mirrored in Arabic, or go up and down in a list
// that stands upright.
import { closest } from "../core/elements.js";

/** The tab to which a key leads; null for other keys. @param {KeyboardEvent} event @param {HTMLElement[]} tabs */
export function tabByKey(event, tabs) {
  const here = tabs.findIndex((tab) => tab === document.activeElement);
  const forward = document.dir === "rtl" ? -1 : 1;
  /** @type {Record<string, number>} */
  const steps = { ArrowRight: here + forward, ArrowLeft: here - forward, Home: 0, End: tabs.length - 1 };
  // On a phone they stand side by side all the same.
  const isUpright = closest(tabs[0], '[aria-orientation="vertical"]');
  if (isUpright) Object.assign(steps, { ArrowDown: here + 1, ArrowUp: here - 1 });
  const tab = tabs.at((steps[event.key] ?? NaN) % tabs.length);
  if (!(event.key in steps) || !tab) return null;
  event.preventDefault();
  return tab;
}
