import assert from "node:assert/strict";
import { test } from "node:test";

import { Backoff } from "../../../static/js/core/backoff.js";

test("waits up to twice as long each time, but never longer than the most", () => {
  const backoff = new Backoff({ first: 1000, most: 5000, random: () => 1 });
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => backoff.next()),
    [1000, 2000, 4000, 5000, 5000],
  );
  backoff.reset();
  assert.equal(backoff.next(), 1000);
});

test("spreads pages over the whole time, without hurry", () => {
  const waits = [0, 0.5, 1].map((chance) => new Backoff({ random: () => chance }).next());
  assert.deepEqual(waits, [100, 550, 1000]);
});
