// It is the turn of a customer who has waited: a tone, a shake of the phone, the page's title. Customers who are in
// another tab meanwhile are called again from the page that comes next, until they look at it.
import { sounds as pageSounds, TURN } from "../ui/sounds.js";
import { titleWith } from "./page_title.js";

const KEY = "my-turn";
const SHAKE = [200, 100, 200];
const AGAIN_MS = 6_000;
const TIMES = 5;
// Milliseconds in which the next page comes. Later than that, it is another story.
const FRESH_MS = 60_000;

/** Call now, and finish before the page is left. @param {string} text */
export async function call(text, sounds = pageSounds) {
  document.title = titleWith(document.title, `${text} · `, true);
  navigator.vibrate?.(SHAKE);
  await sounds.play(TURN);
}

/** The next page of this tab goes on calling. @param {string} text @param {boolean} isCalled from this one already */
export function leaveToNextPage(text, isCalled) {
  sessionStorage.setItem(KEY, JSON.stringify({ text, isCalled, at: Date.now() }));
}

/** On the page that comes next: until somebody looks at it, a few times at most. */
export async function goOnCalling(page = document, sounds = pageSounds) {
  const left = readLeft();
  if (!left) return;
  const beginning = `${left.text} · `;
  const stop = () => {
    if (page.hidden) return;
    clearInterval(calling);
    page.removeEventListener("visibilitychange", stop);
    page.title = titleWith(page.title, beginning, false);
  };
  let times = 0;
  const again = () => {
    times += 1;
    if (page.hidden && times <= TIMES) call(left.text, sounds);
    else clearInterval(calling);
  };
  const calling = setInterval(again, AGAIN_MS);
  page.addEventListener("visibilitychange", stop);
  if (page.hidden) page.title = titleWith(page.title, beginning, true);
  if (!left.isCalled) await sounds.play(TURN);
  stop();
}

/** @returns {{text: string, isCalled: boolean} | null} */
function readLeft() {
  const left = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (!left) return null;
  const { text, isCalled, at } = JSON.parse(left);
  return Date.now() - at < FRESH_MS ? { text, isCalled } : null;
}
