// Popover menus: arrow keys walk through them; where the browser has no anchors, they are put under their button.
// An item with data-submenu opens its submenu by the pointer or the arrow that points to it, too.
import { byId, closest, findAll, maybe } from "../core/elements.js";

const HAS_ANCHORS = CSS.supports("position-area: block-end");
/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  if (event.target instanceof HTMLElement && throughSubmenu(event.target, event.key)) event.preventDefault();
  const step = STEPS[event.key];
  if (!step || !(event.target instanceof Element)) return;
  const menu = event.target.closest("[data-menu]") ?? openFrom(event.target);
  if (!(menu instanceof HTMLElement)) return;
  event.preventDefault();
  walk(menu, step);
});

document.addEventListener("pointerover", ({ target, pointerType }) => {
  const item =
    target instanceof Element && pointerType === "mouse" ? closest(target, "[data-menu] :is(a, button)") : null;
  if (!item) return;
  for (const open of findAll(item.closest("[data-menu]") ?? item, ":popover-open")) {
    if (open !== menuOf(item)) open.hidePopover();
  }
  if (item.matches("[data-submenu]")) openMenu(item);
});

// A click opens it too, and does not close what hovering has opened; the keyboard's click goes in.
document.addEventListener("click", (event) => {
  const item = event.target instanceof Element ? closest(event.target, "[data-submenu][popovertarget]") : null;
  if (!item) return;
  event.preventDefault();
  openMenu(item);
  if (event.detail === 0) focusFirst(item);
});

/** An open menu lies over everything else: out of the way of what waits for an answer. @param {ParentNode} within */
export function closeMenus(within) {
  for (const menu of findAll(within, ":popover-open")) if (menu.isConnected) menu.hidePopover();
}

/** The arrow towards a submenu goes into it, the other one back. @param {HTMLElement} item @param {string} key */
function throughSubmenu(item, key) {
  const [inwards, back] = document.dir === "rtl" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  if (key === inwards && item.matches("[data-submenu][popovertarget]")) {
    openMenu(item);
    focusFirst(item);
    return true;
  }
  const menu = closest(item, "[data-menu]");
  const opener = menu ? maybe(document, `[data-submenu][popovertarget="${menu.id}"]`) : null;
  if (key !== back || !menu || !opener) return false;
  menu.hidePopover();
  opener.focus();
  return true;
}

/** @param {Element | null} button */
function menuOf(button) {
  return byId(button?.getAttribute("popovertarget"));
}

/** @param {HTMLElement} button */
function openMenu(button) {
  const menu = menuOf(button);
  if (menu && !menu.matches(":popover-open")) menu.showPopover({ source: button });
}

/** @param {Element} button */
function focusFirst(button) {
  menuOf(button)?.querySelector("button")?.focus();
}

/** Arrow down on the button opens its menu. @param {Element} target */
function openFrom(target) {
  const button = closest(target, "button[popovertarget]");
  const menu = menuOf(button);
  if (!button || !menu?.matches("[data-menu]")) return null;
  menu.showPopover({ source: button });
  return menu;
}

/** @param {HTMLElement} menu @param {number} step */
function walk(menu, step) {
  const items = findAll(menu, "a, button").filter((item) => item.closest("[data-menu]") === menu);
  const here = items.findIndex((item) => item === document.activeElement);
  const next = here < 0 && step < 0 ? items.length - 1 : (here + step + items.length) % items.length;
  items[next]?.focus();
}

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (HAS_ANCHORS || !(menu instanceof HTMLElement) || !menu.matches("[data-menu]:popover-open")) return;
    const buttons = findAll(document, `[popovertarget="${menu.id}"]`);
    const button = buttons.find((each) => each.checkVisibility()) ?? buttons[0];
    if (button) place(menu, button.getBoundingClientRect());
  },
  { capture: true },
);

/** @param {HTMLElement} menu @param {DOMRect} button */
function place(menu, button) {
  const left = document.dir === "rtl" ? button.right - menu.offsetWidth : button.left;
  menu.style.top = `${button.bottom + 4}px`;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
}
