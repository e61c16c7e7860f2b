import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { lookWhenOver } from "../../../static/js/webacd/when_over.js";

const NOW = Date.parse("2026-03-02T12:00:00Z");
const clock = { now: NOW };

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

/** A region that shows something until then, or nothing that ends. */
function shown(until) {
  const region = new EventTarget();
  const looks = [];
  const show = (next) => (region.querySelector = () => (next ? { dataset: { lookAgainAt: next } } : null));
  show(until);
  lookWhenOver(region, () => looks.push(clock.now), clock);
  return {
    looks,
    becomes(next) {
      show(next);
      region.dispatchEvent(new Event("region:refreshed"));
    },
  };
}

test("a wrap-up is looked at once it is over, not before", () => {
  const { looks } = shown("2026-03-02T12:00:15Z");
  mock.timers.tick(15_000);
  assert.equal(looks.length, 0);
  mock.timers.tick(1_000);
  assert.equal(looks.length, 1);
  mock.timers.tick(600_000);
  assert.equal(looks.length, 1);
});

test("one more minute puts it off", () => {
  const { looks, becomes } = shown("2026-03-02T12:00:15Z");
  becomes("2026-03-02T12:01:15Z");
  mock.timers.tick(60_000);
  assert.equal(looks.length, 0);
  mock.timers.tick(16_000);
  assert.equal(looks.length, 1);
});

test("ended early it is over, and what ends by nothing is not waited for", () => {
  const { looks, becomes } = shown("2026-03-02T12:00:15Z");
  becomes(null);
  mock.timers.tick(600_000);
  assert.deepEqual(looks, []);
  assert.deepEqual(shown(null).looks, []);
});

test("what was over before the page had it is looked at soon", () => {
  const { looks } = shown("2026-03-02T11:59:00Z");
  mock.timers.tick(1_000);
  assert.equal(looks.length, 1);
});
