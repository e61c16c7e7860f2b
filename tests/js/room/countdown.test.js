import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Countdown } from "../../../static/js/room/countdown.js";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 0 }));
afterEach(() => mock.timers.reset());

const at = (seconds) => new Date(1000 * seconds).toISOString();

function banner() {
  const place = { textContent: "" };
  const element = { hidden: true, querySelectorAll: () => [place] };
  return { element, place, countdown: new Countdown(element) };
}

test("what is shown goes on to another time, without being hidden in between", () => {
  const { element, place, countdown } = banner();
  countdown.start(at(60), 0);
  mock.timers.tick(5_000);
  assert.deepEqual([element.hidden, place.textContent], [false, "55"]);
  countdown.move(at(15));
  assert.deepEqual([element.hidden, place.textContent], [false, "10"]);
  countdown.move(at(75));
  mock.timers.tick(1_000);
  assert.deepEqual([element.hidden, place.textContent], [false, "69"]);
});

test("what is not shown yet waits no longer for being put off", () => {
  const { element, place, countdown } = banner();
  countdown.start(at(60));
  mock.timers.tick(1_000);
  countdown.move(at(90));
  assert.equal(element.hidden, true);
  mock.timers.tick(500);
  assert.deepEqual([element.hidden, place.textContent], [false, "89"]);
});

test("what had not begun begins, and stops for good", () => {
  const { element, countdown } = banner();
  countdown.move(at(30));
  mock.timers.tick(2_000);
  assert.equal(element.hidden, false);
  countdown.stop();
  mock.timers.tick(2_000);
  assert.equal(element.hidden, true);
});
