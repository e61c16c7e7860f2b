// The Transfer Session dialog (S72-S80): lists that stay fresh while it is open, the counter of the personal message,
// and the second confirmation where nobody is available (E23). Works on every room of the page, whenever it came.
import { delegate, morph, parse, whileBusy } from "../core/dom.js";
import { find, findAll, findAround } from "../core/elements.js";
import { getHtml, post } from "../core/http.js";
import { pause } from "../core/pause.js";
// First: what is chosen is read from the list that a tab has shown.
import "../ui/tabs.js";
import { left } from "./personal_message.js";

const FRESH_MS = 3_000;
/** The fetch of a dialog's lists that is under way. @type {WeakMap<Element, Promise<void>>} */
const freshening = new WeakMap();

delegate(document, "submit", "form[data-transfer-form]", onSubmit);
delegate(document, "input", "textarea[data-counted]", count);
delegate(document, "focusin", "textarea[data-counted]", count);
delegate(document, "change", '[data-transfer] [role="tabpanel"] input', (field) => onChosen(dialogOf(field)));
delegate(document, "click", '[data-transfer] [role="tab"]', (tab) => onChosen(dialogOf(tab)));
setInterval(() => document.querySelectorAll("[data-transfer][open]").forEach(freshen), FRESH_MS);

/** @param {Element} dialog */
function freshen(dialog) {
  // A session that is being handed over has no lists for this CSR any more.
  if (freshening.has(dialog) || dialog.querySelector('form[aria-busy="true"]')) return;
  freshening.set(dialog, fetchLists(dialog).finally(() => freshening.delete(dialog)));
}

/** @param {HTMLFormElement} form @param {SubmitEvent} event */
async function onSubmit(form, event) {
  // Ours alone: the room's own sending of forms knows no second confirmation.
  event.preventDefault();
  event.stopPropagation();
  if (form.ariaBusy === "true") return;
  if (!form.querySelector('[role="tabpanel"]:not([hidden]) input:checked')) {
    return tell(form, form.dataset.textNothing ?? "");
  }
  if (form.querySelector('[data-counted][aria-invalid="true"]')) return tell(form, form.dataset.textTooLong ?? "");
  tell(form, "");
  try {
    await whileBusy(form, transfer(form));
  } catch (refusal) {
    tell(form, refusal.message);
    if (refusal.facts.needs_confirmation) askAgain(form);
    freshen(dialogOf(form));
  }
}

/** What happens then comes as an event: this CSR has left the session. @param {HTMLFormElement} form */
async function transfer(form) {
  const dialog = findAround(form, "dialog");
  const fields = chosenFields(form);
  // One that hangs keeps no transfer back.
  await Promise.race([freshening.get(dialog)?.catch(() => {}), pause(FRESH_MS)]);
  await post(form.action, fields);
  dialog.close();
}

/** Only what the shown tab holds: the other one's choice is not meant. @param {HTMLFormElement} form */
function chosenFields(form) {
  const fields = new FormData(form);
  fields.delete("queue");
  fields.delete("agent");
  for (const panel of findAll(form, '[role="tabpanel"]:not([hidden])')) {
    for (const { name, value } of findAll(panel, "input[type]:checked")) fields.append(name, value);
  }
  return fields;
}

/** @param {HTMLElement} form */
function askAgain(form) {
  const question = find(form, "[data-transfer-confirm]");
  question.hidden = false;
  find(question, "input").focus();
}

/** Another choice, or another list, is another question. @param {HTMLElement} dialog */
function onChosen(dialog) {
  const question = find(dialog, "[data-transfer-confirm]");
  find(question, "input").checked = false;
  const queue = dialog.querySelector('[role="tabpanel"]:not([hidden]) input[name=queue]:checked');
  question.hidden = queue?.getAttribute("data-available") !== "0";
  tell(dialog, "");
}

/** @param {HTMLTextAreaElement} field */
function count(field) {
  const place = find(document, `#${field.getAttribute("aria-describedby")}`);
  const rest = left(field.value, Number(field.dataset.counted));
  const words = (rest < 0 ? place.dataset.textOver : place.dataset.textLeft) ?? "";
  place.textContent = words.replace("{count}", String(Math.abs(rest)));
  field.ariaInvalid = String(rest < 0);
}

/** @param {Element} dialog */
async function fetchLists(dialog) {
  findAll(dialog, "textarea[data-counted]").forEach(count);
  for (const region of dialog.querySelectorAll("[data-region-url]")) {
    const html = await getHtml(region.getAttribute("data-region-url") ?? "").catch(() => null);
    if (html) morph(region, parse(html));
  }
}

/** @param {HTMLElement} within @param {string} text */
function tell(within, text) {
  const place = find(within, "[data-transfer-alert]");
  place.textContent = text;
  place.hidden = !text;
}

/** @param {Element} element */
function dialogOf(element) {
  return findAround(element, "[data-transfer]");
}
