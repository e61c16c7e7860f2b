// Short messages at the foot of the page; the server's own stand there already.
import { copyOf, find, maybe } from "../core/elements.js";

const SHOWN_MS = 6000;
const ON_NEXT_PAGE = "toast";

/**
 * @param {string} text
 * @param {string} [place] the id of what it is about: a button leads there, by who handles [data-leads-to]
 */
export function toast(text, place) {
  const toasts = document.querySelector("[data-toasts]");
  const template = maybe(document, "template[data-toast]");
  if (!toasts || !template) return;
  const message = copyOf(template);
  find(message, "[data-toast-text]").textContent = text;
  const lead = find(message, "[data-leads-to]");
  lead.dataset.leadsTo = place ?? "";
  lead.hidden = !place;
  toasts.append(message);
  leaveLater(message);
}

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-dismiss]")) {
    event.target.closest(".toast")?.remove();
  }
});

// Anyone who points at a message is reading it.
/** @param {Element} message */
function leaveLater(message) {
  setTimeout(() => (message.matches(":hover, :focus-within") ? leaveLater(message) : message.remove()), SHOWN_MS);
}

for (const message of document.querySelectorAll("[data-toasts] .toast")) leaveLater(message);

/** For a page that leads elsewhere by itself. @param {string} text */
export function toastOnNextPage(text) {
  sessionStorage.setItem(ON_NEXT_PAGE, text);
}

const brought = sessionStorage.getItem(ON_NEXT_PAGE);
sessionStorage.removeItem(ON_NEXT_PAGE);
if (brought) toast(brought);
