import assert from "node:assert/strict";
import { test } from "node:test";

import { askOnce } from "../../../static/js/notifications/question.js";

function storage(kept = {}) {
  return { getItem: (name) => kept[name] ?? null, setItem: (name, value) => (kept[name] = value) };
}

function line() {
  const buttons = { "[data-turn-on]": new EventTarget(), "[data-not-now]": new EventTarget() };
  return {
    hidden: true,
    querySelector: (selector) => buttons[selector],
    press: (selector) => buttons[selector].dispatchEvent(new Event("click")),
  };
}

function browser(canAsk = true) {
  return { canAsk, asked: 0, async ask() { this.asked += 1; } }; // prettier-ignore
}

test("who has not been asked is asked, and Turn on leads to the browser's own question", () => {
  const [place, notifier, kept] = [line(), browser(), storage()];
  askOnce(place, notifier, kept);
  assert.equal(place.hidden, false);
  place.press("[data-turn-on]");
  assert.deepEqual([place.hidden, notifier.asked], [true, 1]);
});

for (const answer of ["[data-turn-on]", "[data-not-now]"]) {
  test(`after ${answer} this device is not asked again`, () => {
    const [first, later, kept] = [line(), line(), storage()];
    askOnce(first, browser(), kept);
    first.press(answer);
    askOnce(later, browser(), kept);
    assert.deepEqual([first.hidden, later.hidden], [true, true]);
  });
}

test("who has answered the browser is not asked", () => {
  const place = line();
  askOnce(place, browser(false), storage());
  assert.equal(place.hidden, true);
});
