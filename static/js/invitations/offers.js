// What the Invite panel offers for the recipient and the language that are chosen: link, words, a draft (S26). The
// server wrote all of them into the page; here one is picked.

/** @param {Element} element @returns {HTMLElement} */
export function panelOf(element) {
  return /** @type {HTMLElement} */ (element.closest("[data-invite]"));
}

/** @param {HTMLElement} panel @returns {HTMLAnchorElement | null} */
export function offerOf(panel) {
  const recipient = /** @type {HTMLInputElement | null} */ (panel.querySelector("[name=recipient]:checked"));
  const language = /** @type {HTMLSelectElement | null} */ (panel.querySelector("[name=language]"));
  return panel.querySelector(`[data-offer="${recipient?.value} ${language?.value}"]`);
}

/** @param {HTMLElement} panel */
export function showOffer(panel) {
  const { message = "", subject = "", body = "" } = offerOf(panel)?.dataset ?? {};
  for (const button of all(panel, "[data-copy-instant]")) button.dataset.copy = message;
  for (const place of all(panel, "[data-preview=subject]")) place.textContent = subject;
  for (const place of all(panel, "[data-preview=body]")) place.textContent = body;
  for (const button of all(panel, "[data-share]")) button.hidden = !("share" in navigator);
}

/** @param {HTMLElement} panel */
export async function share(panel) {
  const { message: text = "", subject: title = "" } = offerOf(panel)?.dataset ?? {};
  // Whoever closes the system's window has decided not to share.
  await navigator.share({ title, text }).catch(() => {});
}

/** @param {HTMLElement} panel @param {string} selector @returns {NodeListOf<HTMLElement>} */
function all(panel, selector) {
  return panel.querySelectorAll(selector);
}
