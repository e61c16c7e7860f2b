// What is over by itself, such as a wrap-up, is told by no event: data-look-again-at says when to look.
import { clock as pageClock } from "../core/clock.js";
import { maybe } from "../core/elements.js";

// It ends by the server's clock, and a timer may be early.
const AFTER_MS = 500;

/**
 * Look again when what is shown is over; whatever the region shows next is planned for in its place.
 * @param {HTMLElement} region with data-look-again-at in it, at times
 * @param {() => void} look
 * @param {{now: number}} [clock]
 */
export function lookWhenOver(region, look, clock = pageClock) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const plan = () => {
    clearTimeout(waiting);
    const at = maybe(region, "[data-look-again-at]")?.dataset.lookAgainAt;
    if (at) waiting = setTimeout(look, Math.max(0, new Date(at).getTime() - clock.now) + AFTER_MS);
  };
  region.addEventListener("region:refreshed", plan);
  plan();
}
