// The same count as tests/webacd/test_personal_message.py (E22).
import assert from "node:assert/strict";
import { test } from "node:test";
import { left } from "../../../static/js/webacd/personal_message.js";

const cases = [
  ["a\r\nb", 3],
  ["a\rb", 3],
  ["e\u0301", 1],
  ["\u{1f44b}", 1],
  ["\u{1f469}\u200d\u{1f4bb}", 3],
  ["مرحبا", 5],
];

for (const [text, count] of cases) {
  test(`${JSON.stringify(text)} counts ${count}`, () =>
    assert.equal(left(/** @type {string} */ (text), 345), 345 - Number(count)));
}

test("346 is one too many", () => assert.equal(left("x".repeat(346), 345), -1));
