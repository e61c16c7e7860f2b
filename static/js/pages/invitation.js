// The page behind an invitation's link tells that somebody looks at it. Mail scanners that only fetch it tell nothing.
import "../ui/page.js";
import { checkWhenIdle } from "../check/check.js";
import { post } from "../core/http.js";

checkWhenIdle();

const page = document.querySelector("[data-opened-url]");

if (document.visibilityState === "visible") tell();
else document.addEventListener("visibilitychange", tell, { once: true });

function tell() {
  // Only for the inviter's information: nothing depends on it.
  if (page instanceof HTMLElement) post(page.dataset.openedUrl ?? "").catch(() => {});
}
