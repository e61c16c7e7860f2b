// <b data-countdown-to="ISO time">: the seconds until then.
import { clock } from "../core/clock.js";

/** @param {ParentNode} [root] */
export function startCountdowns(root = document) {
  setInterval(() => tick(root), 500);
  document.addEventListener("region:refreshed", () => tick(root));
}

/** @param {ParentNode} root */
function tick(root) {
  for (const place of root.querySelectorAll("[data-countdown-to]")) {
    const left = String(clock.secondsUntil(place.getAttribute("data-countdown-to") ?? ""));
    if (place.textContent !== left) place.textContent = left;
  }
}
