import assert from "node:assert/strict";
import { test } from "node:test";

import { rateWords, sizeWords, timeWords } from "../../../static/js/core/formats.js";
import { TransferRate } from "../../../static/js/files/transfer_rate.js";

test("rate and time left are of the last seconds", () => {
  const rate = new TransferRate();
  assert.equal(rate.bytesPerSecond, 0);
  assert.equal(rate.left(100), null);
  for (let second = 0; second <= 10; second++) rate.mark(second < 5 ? 0 : (second - 5) * 100, second * 1000);
  assert.equal(rate.bytesPerSecond, 100);
  assert.equal(rate.left(1500), 10);
});

test("beginning again forgets what was", () => {
  const rate = new TransferRate();
  rate.mark(500, 0);
  rate.mark(1000, 1000);
  rate.mark(0, 2000);
  assert.equal(rate.bytesPerSecond, 0);
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
