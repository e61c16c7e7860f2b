// <b data-countdown-to="ISO time">: the seconds until then, by the server's clock as the page first showed them.

/** How far this computer's clock is from the server's, as a number drawn by the server tells. */
let skew = 0;

/** @param {ParentNode} [root] */
export function startCountdowns(root = document) {
  learnSkew(root);
  setInterval(() => tick(root), 500);
  document.addEventListener("region:refreshed", () => tick(root));
}

/** @param {ParentNode} root */
function learnSkew(root) {
  const first = /** @type {HTMLElement | null} */ (root.querySelector("[data-countdown-to]"));
  if (first) skew = Date.parse(first.dataset.countdownTo ?? "") - Number(first.textContent) * 1000 - Date.now();
  if (Math.abs(skew) < 2000) skew = 0;
}

/** @param {ParentNode} root */
function tick(root) {
  for (const place of root.querySelectorAll("[data-countdown-to]")) {
    const until = Date.parse(/** @type {HTMLElement} */ (place).dataset.countdownTo ?? "");
    const left = String(Math.max(0, Math.ceil((until - Date.now() - skew) / 1000)));
    if (place.textContent !== left) place.textContent = left;
  }
}
