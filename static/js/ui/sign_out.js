// Signing out ends the sessions that this person controls, on whatever page they run: whom that cuts off is read first,
// and named in a question. Where nobody is cut off, or the site does not say so in time, nothing is asked.
import { parse } from "../core/dom.js";
import { copyOf, find, maybe } from "../core/elements.js";
import { getHtml } from "../core/http.js";
import { pause } from "../core/pause.js";

const PATIENCE_MS = 3_000;
// Between a press and the answer to the question, further presses change nothing.
let isAsking = false;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.signsOut === undefined) return;
  if (form.dataset.confirmed !== undefined) return;
  const question = maybe(form, "template[data-before-sign-out]");
  if (!question) return;
  event.preventDefault();
  if (isAsking) return;
  isAsking = true;
  ask(form, question);
});

/** @param {HTMLFormElement} form @param {HTMLTemplateElement} question */
async function ask(form, question) {
  const names = await readNames(question.dataset.url ?? "");
  if (!names?.childElementCount) return signOut(form);
  const dialog = copyOf(question);
  if (!(dialog instanceof HTMLDialogElement)) return signOut(form);
  find(dialog, "[data-cut-off]").replaceChildren(names);
  find(dialog, "[data-confirmed]").addEventListener("click", () => signOut(form));
  dialog.addEventListener("close", () => {
    isAsking = false;
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {HTMLFormElement} form */
function signOut(form) {
  isAsking = false;
  form.dataset.confirmed = "";
  form.requestSubmit();
  delete form.dataset.confirmed;
}

/** @param {string} url */
async function readNames(url) {
  const html = await Promise.race([getHtml(url), pause(PATIENCE_MS)]).catch(() => undefined);
  return html ? parse(html) : null;
}
