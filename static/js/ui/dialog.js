// Native dialogs. <button command="show-modal" commandfor="id"> needs no script, and is for openers that do nothing
// else; data-opens="id" opens one too, and data-closes closes the one it stands in. <form data-confirm="id"
// data-name="…"> asks first: the dialog's [data-confirmed] button sends the form, with what is ticked in the dialog.
// data-focuses="id" leads to a field that may be out of sight.
import { byId } from "../core/elements.js";
import { reveal } from "./reveal.js";

const HAS_COMMANDS = "command" in HTMLButtonElement.prototype;

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const opener = event.target.closest("[data-opens]");
  if (opener instanceof HTMLElement) openDialog(opener.dataset.opens ?? "");
  if (!HAS_COMMANDS) obey(event.target.closest("button[commandfor]"));
  const pointer = event.target.closest("[data-focuses]");
  if (pointer instanceof HTMLElement) reveal(byId(pointer.dataset.focuses))?.focus();
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
  if (event.target instanceof HTMLDialogElement && isBackdrop(event, event.target)) event.target.close();
});

// So before_load.js need not ask.
document.documentElement.dataset.asks = "";

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.confirm || form.dataset.confirmed !== undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    askFirst(form, form.dataset.confirm);
  },
  { capture: true },
);

/** @param {string} id */
export function openDialog(id) {
  const dialog = byId(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** What newer browsers do by themselves. @param {Element | null} button */
function obey(button) {
  const dialog = byId(button?.getAttribute("commandfor"));
  if (!(dialog instanceof HTMLDialogElement)) return;
  if (button?.getAttribute("command") === "show-modal") openDialog(dialog.id);
  else dialog.close();
}

/** @param {HTMLFormElement} form @param {string} id */
function askFirst(form, id) {
  const dialog = byId(id);
  const yes = dialog?.querySelector("[data-confirmed]");
  if (!(dialog instanceof HTMLDialogElement) || !(yes instanceof HTMLElement)) return form.submit();
  for (const place of dialog.querySelectorAll("[data-dialog-name]")) place.textContent = form.dataset.name ?? "";
  // What is chosen in the dialog goes with the form, and each question begins with nothing chosen.
  for (const choice of dialog.querySelectorAll("input")) {
    choice.setAttribute("form", form.id);
    choice.checked = false;
  }
  yes.onclick = () => {
    dialog.close();
    form.dataset.confirmed = "";
    form.requestSubmit();
    delete form.dataset.confirmed;
  };
  openDialog(id);
}

// A click on the dark around a dialog reaches the dialog itself, outside its box.
/** @param {MouseEvent} event @param {HTMLDialogElement} dialog */
function isBackdrop(event, dialog) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
