// Colleagues suggested while a name or an address is typed, once a representative is invited: a combobox with a list
// (WAI-ARIA Authoring Practices). The server answers with the options, in the reader's words.
import { delegate, morph, parse } from "../core/dom.js";
import { find, findAll, maybe } from "../core/elements.js";
import { getHtml } from "../core/http.js";
import { panelOf } from "./offers.js";

// Milliseconds: the letters of a fast writer are one question.
const PAUSE = 150;

/** @type {WeakMap<HTMLElement, ReturnType<typeof setTimeout>>} */
const pauses = new WeakMap();

delegate(document, "input", "input[data-suggests]", onInput);
delegate(document, "keydown", "input[data-suggests]", onKey);
delegate(document, "focusout", "input[data-suggests]", close);
// The focus stays in the field.
delegate(document, "mousedown", "[data-suggested]", (_list, event) => event.preventDefault());
delegate(document, "click", "[data-suggested] [role=option]", (option) => choose(fieldOf(option), option));

/** What the field is for whom: also after a refresh, which knows nothing of it. @param {HTMLElement} panel */
export function prepareSuggestions(panel) {
  const field = find(panel, "input[data-suggests]");
  field.role = isForCsr(panel) ? "combobox" : null;
  field.ariaAutoComplete = isForCsr(panel) ? "list" : null;
  field.setAttribute("aria-controls", field.dataset.list ?? "");
  if (!isForCsr(panel)) close(field);
  else field.ariaExpanded ??= "false";
}

/** @param {HTMLInputElement} field */
function onInput(field) {
  clearTimeout(pauses.get(field));
  warn(field);
  if (isForCsr(panelOf(field))) pauses.set(field, setTimeout(() => suggest(field), PAUSE));
}

/** @param {HTMLInputElement} field */
async function suggest(field) {
  const typed = field.value;
  const query = new URLSearchParams({ q: typed });
  // A suggestion that does not come is none; what is typed is sent all the same.
  const html = typed.trim() ? await getHtml(`${field.dataset.suggests}?${query}`).catch(() => "") : "";
  if (field.value !== typed || !isForCsr(panelOf(field))) return;
  morph(listOf(field), parse(html));
  point(field, null);
  warn(field);
  const isOnlyWhatIsTyped = optionsOf(field).every(({ dataset }) => dataset.email === typed);
  expand(field, field === document.activeElement && !isOnlyWhatIsTyped);
}

/** @param {HTMLInputElement} field @param {KeyboardEvent} event */
function onKey(field, event) {
  if (event.isComposing || listOf(field).hidden) return;
  const options = optionsOf(field);
  const at = options.findIndex((option) => option.ariaSelected === "true");
  if (event.key === "ArrowDown") point(field, options[(at + 1) % options.length]);
  else if (event.key === "ArrowUp") point(field, options.at(at < 0 ? -1 : at - 1) ?? null);
  else if (event.key === "Enter" && at >= 0) choose(field, options[at]);
  else if (event.key === "Escape") close(field);
  else return;
  // Neither sends the form, nor closes the panel, nor moves the caret.
  event.preventDefault();
}

/** @param {HTMLInputElement} field @param {HTMLElement} option */
function choose(field, option) {
  field.value = option.dataset.email ?? "";
  const language = find(panelOf(field), "select[name=language]");
  language.value = option.dataset.language ?? language.value;
  language.dispatchEvent(new Event("change", { bubbles: true }));
  warn(field);
  close(field);
}

/** Says before anything is sent that somebody is here already, or invited. @param {HTMLInputElement} field */
function warn(field) {
  const panel = panelOf(field);
  const email = field.value.trim().toLowerCase();
  const chosen = optionsOf(field).find(({ dataset }) => dataset.email?.toLowerCase() === email);
  const invited = findAll(panel, "[data-invitation] .invited__address");
  const place = find(panel, "[data-known]");
  const isInvited = invited.some(({ textContent }) => textContent.trim().toLowerCase() === email);
  place.textContent = chosen?.dataset.here ?? (email && isInvited ? (place.dataset.invited ?? "") : "");
}

/** @param {HTMLInputElement} field @param {HTMLElement | null} option */
function point(field, option) {
  for (const each of optionsOf(field)) each.ariaSelected = String(each === option);
  field.setAttribute("aria-activedescendant", option?.id ?? "");
  option?.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLInputElement} field */
function close(field) {
  clearTimeout(pauses.get(field));
  point(field, null);
  expand(field, false);
}

/** @param {HTMLInputElement} field @param {boolean} isOpen */
function expand(field, isOpen) {
  listOf(field).hidden = !isOpen;
  field.ariaExpanded = field.role ? String(isOpen) : null;
}

/** @param {HTMLElement} panel */
function isForCsr(panel) {
  return maybe(panel, "input[name=recipient]:checked")?.value === "csr";
}

/** @param {HTMLElement} field */
function listOf(field) {
  return find(panelOf(field), "[data-suggested]");
}

/** @param {HTMLElement} field */
function optionsOf(field) {
  return findAll(listOf(field), "[role=option]");
}

/** @param {HTMLElement} option */
function fieldOf(option) {
  return find(panelOf(option), "input[data-suggests]");
}
