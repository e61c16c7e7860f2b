// Tabs of lists that have an id: one stop for the Tab key, arrow keys between them (mirrored in Arabic), Home and End;
// the choice outlives a reload.
import { findAll, findAround, isElement } from "../core/elements.js";

document.addEventListener("click", (event) => {
  const tab = event.target instanceof Element && event.target.closest('[role="tablist"][id] [role="tab"]');
  if (tab instanceof HTMLElement) choose(tabsBeside(tab), tab);
});

document.addEventListener("keydown", (event) => {
  const tab = event.target instanceof Element && event.target.closest('[role="tablist"][id] [role="tab"]');
  if (tab instanceof HTMLElement) onKey(event, tabsBeside(tab), tab);
});

// A region that was fetched again comes with the server's first choice.
document.addEventListener("region:refreshed", ({ target }) => isElement(target) && recall(target));
recall(document);

/** @param {Element | Document} root */
function recall(root) {
  for (const list of root.querySelectorAll('[role="tablist"][id]')) {
    const chosen = document.getElementById(sessionStorage.getItem(nameOf(list)) ?? "");
    if (chosen && list.contains(chosen)) choose(tabsBeside(chosen), chosen);
  }
}

/** @param {Element} tab */
function tabsBeside(tab) {
  return findAll(listOf(tab), '[role="tab"]');
}

/** @param {KeyboardEvent} event @param {HTMLElement[]} tabs @param {HTMLElement} tab */
function onKey(event, tabs, tab) {
  const here = tabs.indexOf(tab);
  const forward = document.dir === "rtl" ? -1 : 1;
  /** @type {Record<string, number>} */
  const steps = { ArrowRight: here + forward, ArrowLeft: here - forward, Home: 0, End: tabs.length - 1 };
  const next = tabs.at((steps[event.key] ?? NaN) % tabs.length);
  if (!(event.key in steps) || !next) return;
  event.preventDefault();
  choose(tabs, next);
  next.focus();
}

/** @param {HTMLElement[]} tabs @param {HTMLElement} chosen */
function choose(tabs, chosen) {
  for (const tab of tabs) {
    tab.ariaSelected = String(tab === chosen);
    tab.tabIndex = tab === chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls") ?? "")?.toggleAttribute("hidden", tab !== chosen);
  }
  sessionStorage.setItem(nameOf(listOf(chosen)), chosen.id);
}

/** @param {Element} tab */
function listOf(tab) {
  return findAround(tab, '[role="tablist"]');
}

/** @param {Element} list */
function nameOf(list) {
  return `tab.${list.id}`;
}
