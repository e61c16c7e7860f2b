import assert from "node:assert/strict";
import { test } from "node:test";

import { limitsFor } from "../../../static/js/rtc/budget.js";

test("one viewer gets the full picture", () => {
  assert.deepEqual(limitsFor("screen", 1), { maxBitrate: 2_500_000, maxFramerate: 30 });
  assert.deepEqual(limitsFor("screen", 0), limitsFor("screen", 1));
});

test("more viewers get fewer frames and share the line, down to what can be read", () => {
  assert.deepEqual(limitsFor("screen", 5), { maxBitrate: 1_200_000, maxFramerate: 10 });
  assert.deepEqual(limitsFor("screen", 50), { maxBitrate: 600_000, maxFramerate: 10 });
});

test("a voice has no frames", () => {
  assert.deepEqual(limitsFor("voice", 5), { maxBitrate: 40_000 });
});
