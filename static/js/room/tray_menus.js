// The tray's menus: <details>, which open in the line below the icons and so are never cut off by a small window.
import { closest, findAll, maybe } from "../core/elements.js";

/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** @param {HTMLElement} tray */
export function prepareMenus(tray) {
  tray.addEventListener("keydown", (event) => walk(event));
  tray.addEventListener("pointerover", (event) => point(event));
  tray.addEventListener("toggle", ({ target }) => onToggle(target), { capture: true });
}

/** @param {HTMLElement} tray */
export function closeMenus(tray) {
  for (const menu of findAll(tray, "details[open]")) menu.removeAttribute("open");
}

/** Arrow keys walk through an open menu, Escape closes it. @param {KeyboardEvent} event */
function walk(event) {
  const menu = closest(event.target, "details[open]");
  if (event.key === "Escape" && menu) {
    event.stopPropagation();
    menu.removeAttribute("open");
    maybe(menu, "summary")?.focus();
    return;
  }
  const step = STEPS[event.key];
  const closed = closest(event.target, "details:not([open]) > summary");
  if (!step || !(menu || closed)) return;
  event.preventDefault();
  if (!menu) return closed?.parentElement?.setAttribute("open", "");
  const outermost = closest(menu.parentElement, "details[open]") ?? menu;
  const items = findAll(outermost, "summary, button").filter((item) => item.checkVisibility());
  const here = items.findIndex((item) => item === event.target);
  items.at((here + step) % items.length)?.focus();
}

/** Pointing at a submenu opens it. @param {PointerEvent} event */
function point(event) {
  const menu = closest(event.target, "details[data-submenu] details[data-submenu]");
  if (!menu || menu.hasAttribute("open") || event.pointerType !== "mouse") return;
  menu.setAttribute("open", "");
  // The click that follows would close it again.
  maybe(menu, "summary")?.addEventListener("click", (click) => click.preventDefault(), { once: true });
}

/** What has opened is in sight, as far as the window holds it. @param {EventTarget | null} target */
function onToggle(target) {
  const menu = closest(target, "details[open]");
  if (!menu) return;
  maybe(menu, "ul")?.scrollIntoView({ block: "nearest" });
}
