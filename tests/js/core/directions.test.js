import assert from "node:assert/strict";
import { test } from "node:test";

import { apart, ltr } from "../../../static/js/core/directions.js";

test("numbers and addresses are set apart on a page from right to left", () => {
  assert.equal(ltr("369 632 105", true), "\u2066369 632 105\u2069");
  assert.equal(ltr("369 632 105", false), "369 632 105");
});

test("names are set apart where they run against the page", () => {
  assert.equal(apart("Amal", true), "\u2068Amal\u2069");
  assert.equal(apart("أمل", true), "أمل");
  assert.equal(apart("أمل", false), "\u2068أمل\u2069");
  assert.equal(apart("Amal", false), "Amal");
});
