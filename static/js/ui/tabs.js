// Tabs of lists that have an id: one stop for the Tab key, arrow keys between them (mirrored in Arabic), Home and End;
// the choice outlives a reload.
import { byId, findAll, findAround, isElement } from "../core/elements.js";
import { tabByKey } from "./tab_keys.js";

document.addEventListener("click", (event) => {
  const tab = event.target instanceof Element && event.target.closest('[role="tablist"][id] [role="tab"]');
  if (tab instanceof HTMLElement) choose(tabsBeside(tab), tab);
});

document.addEventListener("keydown", (event) => {
  const tab = event.target instanceof Element && event.target.closest('[role="tablist"][id] [role="tab"]');
  if (tab instanceof HTMLElement) onKey(event, tabsBeside(tab));
});

// A region that was fetched again comes with the server's first choice.
document.addEventListener("region:refreshed", ({ target }) => isElement(target) && recall(target));
recall(document);

/** @param {Element | Document} root */
function recall(root) {
  for (const list of root.querySelectorAll('[role="tablist"][id]')) {
    const chosen = byId(sessionStorage.getItem(nameOf(list)));
    if (chosen && list.contains(chosen)) choose(tabsBeside(chosen), chosen);
  }
}

/** @param {Element} tab */
function tabsBeside(tab) {
  return findAll(listOf(tab), '[role="tab"]');
}

/** @param {KeyboardEvent} event @param {HTMLElement[]} tabs */
function onKey(event, tabs) {
  const next = tabByKey(event, tabs);
  if (!next) return;
  // As a press of it: others listen for that.
  next.click();
  next.focus();
}

/** @param {HTMLElement[]} tabs @param {HTMLElement} chosen */
function choose(tabs, chosen) {
  for (const tab of tabs) {
    tab.ariaSelected = String(tab === chosen);
    tab.tabIndex = tab === chosen ? 0 : -1;
    byId(tab.getAttribute("aria-controls"))?.toggleAttribute("hidden", tab !== chosen);
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
