// Before the time comes at which everybody has to sign in again, the page says so, and leads to where one can without
// leaving it. Who has done that on one tab has done it for all: they tell each other.
import { clock } from "../core/clock.js";
import { maybe } from "../core/elements.js";
import { onTheClock } from "./local_time.js";
import { toast } from "./toast.js";

// Milliseconds.
const WARN_BEFORE = 15 * 60_000;
const LOOK_EVERY = 20_000;

const place = maybe(document, "[data-sign-in-ends]");
let ends = Date.parse(place?.dataset.signInEnds ?? "");
let warnedOf = 0;

if (place && ends) {
  const others = new BroadcastChannel("sign-in-ends");
  others.addEventListener("message", ({ data }) => {
    if (typeof data === "number" && data > ends) hear(data);
  });
  others.postMessage(ends);
  setInterval(look, LOOK_EVERY);
  look();
}

/** @param {number} later */
function hear(later) {
  ends = later;
  document.querySelector("[data-sign-in-again]")?.remove();
}

function look() {
  const left = ends - clock.now;
  if (!place || left > WARN_BEFORE || left < 0 || warnedOf === ends) return;
  warnedOf = ends;
  const { textEnds = "", textAgain = "", again = "" } = place.dataset;
  const words = textEnds.replace("{time}", onTheClock(ends));
  toast(words, undefined, { href: again, words: textAgain }, left)?.setAttribute("data-sign-in-again", "");
}
