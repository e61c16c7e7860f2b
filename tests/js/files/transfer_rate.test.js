import assert from "node:assert/strict";
import { test } from "node:test";

import { rateWords, sizeWords, timeWords } from "../../../static/js/core/formats.js";
import { Pace } from "../../../static/js/files/transfer_rate.js";

test("rate and time left are of the last seconds", () => {
  const pace = new Pace();
  assert.equal(pace.rate, 0);
  assert.equal(pace.left(100), null);
  for (let second = 0; second <= 10; second++) pace.mark(second < 5 ? 0 : (second - 5) * 100, second * 1000);
  assert.equal(pace.rate, 100);
  assert.equal(pace.left(1500), 10);
});

test("beginning anew forgets what was", () => {
  const pace = new Pace();
  pace.mark(500, 0);
  pace.mark(1000, 1000);
  pace.mark(0, 2000);
  assert.equal(pace.rate, 0);
});

test("sizes, rates and times in the page's language", () => {
  assert.equal(sizeWords(999, "en"), "999 bytes");
  assert.equal(sizeWords(1536, "en"), "1.5 kB");
  assert.equal(sizeWords(52_428_800, "en"), "50 MB");
  assert.equal(rateWords(2_000_000, "en"), "1.9 MB/s");
  assert.equal(timeWords(5, "en"), "5 seconds");
  assert.equal(timeWords(130, "en"), "2 minutes");
  assert.match(timeWords(5, "ar"), /ثوان/);
});
