// The page behind an invitation's link tells that a person looks at it: somebody moves, types or touches. Scanners of
// mail programs fetch the page, and some run its scripts, but nothing moves there.
import "./site.js";
import { checkWhenIdle } from "../check/check.js";
import { post } from "../core/http.js";

const SIGNS = ["pointermove", "pointerdown", "touchstart", "wheel", "keydown"];

checkWhenIdle();

const page = document.querySelector("[data-opened-url]");
const told = new AbortController();

for (const sign of SIGNS) addEventListener(sign, tell, { passive: true, signal: told.signal });

/** @param {Event} event */
function tell(event) {
  if (!event.isTrusted || document.visibilityState !== "visible") return;
  told.abort();
  // Only for the inviter's information: nothing depends on it.
  if (page instanceof HTMLElement) post(page.dataset.openedUrl ?? "").catch(() => {});
}
