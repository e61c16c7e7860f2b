// What stands on a tab that is not chosen comes into sight.
import { closest, maybe } from "../core/elements.js";

/**
 * Choose the tabs that an element stands on, from the outermost.
 * @template {Element | null} Found
 * @param {Found} element
 */
export function reveal(element) {
  const panel = closest(element, '[role="tabpanel"]');
  if (!panel) return element;
  reveal(panel.parentElement);
  if (panel.hidden) maybe(document, `[role="tab"][aria-controls="${panel.id}"]`)?.click();
  return element;
}
