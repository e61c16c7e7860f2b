// Home of those who work here: what runs, and for managers what happens now.
import "./site.js";
import { morph, parse } from "../core/dom.js";
import { maybe } from "../core/elements.js";
import { getHtml } from "../core/http.js";
import { tell } from "../core/regions.js";
import { Board } from "../webacd/board.js";
import { startCountdowns } from "../webacd/countdowns.js";
import { lookWhenOver } from "../webacd/when_over.js";

// As on the live dashboard.
const AT_MOST_EVERY_MS = 2_000;
// A page that has just been closed tells the server meanwhile.
const GOING_MS = 700;

const now = maybe(document, "[data-live]");
if (now) new Board(now, "[data-region-url]", { atMostEvery: AT_MOST_EVERY_MS }).open();

const running = maybe(document, "[data-running]");
if (running) {
  startCountdowns(running);
  lookWhenOver(running, () => showWhatRuns(running));
  // Somebody comes back to this tab, perhaps because the session's own is closed: it can be restored for a moment.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) setTimeout(() => showWhatRuns(running), GOING_MS);
  });
}

/** The grace of a session is over: it has ended, or somebody has it. @param {HTMLElement} place */
async function showWhatRuns(place) {
  const page = await getHtml(location.href).catch(() => null);
  const wanted = page && maybe(parse(page), "[data-running]");
  if (!wanted) return;
  morph(place, wanted);
  place.hidden = wanted.hidden;
  tell(place, "region:refreshed");
}
