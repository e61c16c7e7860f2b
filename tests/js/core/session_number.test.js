import assert from "node:assert/strict";
import { test } from "node:test";

import { tidied } from "../../../static/js/core/session_number.js";

test("a number is read as it is pasted", () => {
  for (const pasted of [
    "482913605",
    "482.913.605.",
    "(482) 913 605",
    "482−913–605",
    "\u200f٤٨٢ ٩١٣ ٦٠٥\u200e،",
    "۴۸۲۹۱۳۶۰۵",
    "\u2066482\u00a0913\u00a0605\u2069",
  ]) {
    assert.equal(tidied(pasted), "482 913 605", pasted);
  }
});

test("a part of a number is put in threes, and what is none is left alone", () => {
  assert.equal(tidied("4829"), "482 9");
  assert.equal(tidied("48291360x"), null);
  assert.equal(tidied("4829136055"), null);
});
