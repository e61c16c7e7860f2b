// "Save as a reply" among the ways of a representative's own line: it stays when the line can be changed no
// more. Then the last one alone is a stop for Tab, and the arrow keys go from one to the next.
import { find, findAll, maybe } from "../core/elements.js";

const BUTTON = "button[data-save-line]";

/** @param {HTMLElement} lines */
export function goByArrows(lines) {
  lines.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const buttons = findAll(lines, BUTTON);
    const at = buttons.findIndex((button) => button === event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    buttons[at + step]?.focus();
  });
}

/**
 * Leave of a line's ways the one that saves it; false if it has none. A line that was deleted has nothing to save.
 * @param {HTMLElement} line @param {HTMLElement} menu
 */
export function leaveSaving(line, menu) {
  const save = maybe(menu, BUTTON);
  if (!save || line.dataset.deleted !== undefined) return false;
  const isUsed = menu.contains(document.activeElement);
  const ways = find(menu, "[data-line-ways]");
  ways.replaceChildren(save);
  ways.hidden = false;
  maybe(menu, "[data-line-question]")?.remove();
  if (isUsed) save.focus();
  return true;
}

/** @param {HTMLElement} lines */
export function keepOneStop(lines) {
  const buttons = findAll(lines, BUTTON);
  for (const button of buttons) {
    const isAlone = !button.nextElementSibling && !button.previousElementSibling;
    button.tabIndex = isAlone && button !== buttons.at(-1) ? -1 : 0;
  }
}

/** Whether it is a text of one's own that the site has. @param {HTMLElement} line */
export function isOwnText(line) {
  const { mine, line: number, deleted } = line.dataset;
  return mine !== undefined && Boolean(number) && deleted === undefined && !find(line, "[data-text]").hidden;
}
