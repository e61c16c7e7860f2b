// The page of a customer for whom there is no room yet: it sends again what was typed, after so many seconds or up to
// half as many more, so that many who wait do not come at one moment.
import "../ui/page.js";

const form = document.querySelector("form[data-try-again]");

if (form instanceof HTMLFormElement) {
  form.querySelector("[data-tries-by-itself]")?.removeAttribute("hidden");
  setTimeout(() => form.requestSubmit(), Number(form.dataset.tryAgain) * 1000 * (1 + Math.random() / 2));
}
