// What the Invite panel offers for the recipient and the language that are chosen: link, words, a draft (S26). The
// server wrote all of them into the page; here one is picked.
import { findAll, findAround, maybe } from "../core/elements.js";

/** @param {Element} element */
export function panelOf(element) {
  return findAround(element, "[data-invite]");
}

/** @param {HTMLElement} panel @returns {HTMLAnchorElement | null} */
export function offerOf(panel) {
  const recipient = maybe(panel, "input[name=recipient]:checked");
  const language = maybe(panel, "select[name=language]");
  return panel.querySelector(`[data-offer="${recipient?.value} ${language?.value}"]`);
}

/** @param {HTMLElement} panel */
export function showOffer(panel) {
  const { message = "", subject = "", body = "" } = offerOf(panel)?.dataset ?? {};
  for (const button of findAll(panel, "[data-copy-instant]")) button.dataset.copy = message;
  for (const place of findAll(panel, "[data-preview=subject]")) place.textContent = subject;
  for (const place of findAll(panel, "[data-preview=body]")) place.textContent = body;
  for (const button of findAll(panel, "[data-share]")) button.hidden = !("share" in navigator);
  for (const form of findAll(panel, "[data-sms]")) form.hidden = false;
  // What is said on the phone, in the language of the other side.
  const language = maybe(panel, "select[name=language]")?.value;
  for (const words of findAll(panel, "[data-language]")) words.hidden = words.dataset.language !== language;
}

/** @param {HTMLElement} panel */
export async function share(panel) {
  const { message: text = "", subject: title = "" } = offerOf(panel)?.dataset ?? {};
  // A person who closes the system's window has decided not to share.
  await navigator.share({ title, text }).catch(() => {});
}
