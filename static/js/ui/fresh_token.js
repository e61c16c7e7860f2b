// A plain form is sent with the CSRF token of this moment, not with the one it was drawn with: its reader may have
// signed in again in another tab.
import { CSRF_FIELD, csrfToken } from "../core/csrf.js";
import { closest } from "../core/elements.js";

document.addEventListener("submit", (event) => {
  const field = closest(event.target, "form")?.elements.namedItem(CSRF_FIELD);
  if (field instanceof HTMLInputElement && csrfToken()) field.value = csrfToken();
});
