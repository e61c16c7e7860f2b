import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { solve } from "../../../static/js/core/proof_of_work.js";

/** @param {string} text */
const firstBits = (text) => createHash("sha256").update(text).digest().readUInt32BE(0);

test("every number begins its digest with zeros, and none before it does", async () => {
  const numbers = (await solve("seed", 4, 6)).split(".").map(Number);
  assert.equal(numbers.length, 4);
  for (const [place, number] of numbers.entries()) {
    for (let earlier = 0; earlier < number; earlier += 1) {
      assert.ok(firstBits(`seed.${place}.${earlier}`) >= 2 ** 26);
    }
    assert.ok(firstBits(`seed.${place}.${number}`) < 2 ** 26);
  }
});

test("another seed is other work", async () => {
  assert.notEqual(await solve("one", 4, 6), await solve("two", 4, 6));
});
