// Short messages at the foot of the page; the server's own stand there already.
import { copyOf, find, maybe } from "../core/elements.js";

const SHOWN_MS = 6000;
// Somewhere to go is read first, and decided on.
const WITH_LINK_MS = 20_000;
const ON_NEXT_PAGE = "toast";

/**
 * @param {string} text
 * @param {string} [place] the id of what it is about: a button leads there, by who handles [data-leads-to]
 * @param {{href: string, words: string}} [link] a page to open beside this one
 * @param {number} [shown] for so many milliseconds
 * @returns {Element | undefined} the message, if the page has a place for it
 */
export function toast(text, place, link, shown = link ? WITH_LINK_MS : SHOWN_MS) {
  const toasts = document.querySelector("[data-toasts]");
  const template = maybe(document, "template[data-toast]");
  if (!toasts || !template) return undefined;
  const message = copyOf(template);
  find(message, "[data-toast-text]").textContent = text;
  const lead = find(message, "[data-leads-to]");
  lead.dataset.leadsTo = place ?? "";
  lead.hidden = !place;
  const way = find(message, "a[data-toast-link]");
  way.hidden = !link;
  if (link) [way.href, way.textContent] = [link.href, link.words];
  toasts.append(message);
  leaveLater(message, shown);
  return message;
}

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-dismiss]")) {
    event.target.closest(".toast")?.remove();
  }
});

// Anyone who points at a message is reading it.
/** @param {Element} message @param {number} after milliseconds */
function leaveLater(message, after = SHOWN_MS) {
  setTimeout(() => (message.matches(":hover, :focus-within") ? leaveLater(message) : message.remove()), after);
}

for (const message of document.querySelectorAll("[data-toasts] .toast")) leaveLater(message);

/** For a page that leads elsewhere by itself. @param {string} text */
export function toastOnNextPage(text) {
  sessionStorage.setItem(ON_NEXT_PAGE, text);
}

const brought = sessionStorage.getItem(ON_NEXT_PAGE);
sessionStorage.removeItem(ON_NEXT_PAGE);
if (brought) toast(brought);
