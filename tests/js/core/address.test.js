import assert from "node:assert/strict";
import { test } from "node:test";

import { readAddress } from "../../../static/js/core/address.js";

test("an address is read as it is pasted", () => {
  for (const pasted of [
    "carol@example.org",
    "\u200fcarol@example.org\u200e",
    "\u2066carol@exam\u00adple.org\u2069",
    "Carol Lind <carol@example.org>",
    '"Lind, Carol" <carol@example.org>;',
    "mailto:carol@example.org?subject=Help",
    "<mailto:carol%40example.org>",
    "(carol@example.org).",
    "«carol@example.org»،",
  ]) {
    assert.equal(readAddress(pasted), "carol@example.org", pasted);
  }
});

test("an international domain takes the form that mail programs know", () => {
  assert.equal(readAddress("carol@faß.example"), "carol@xn--fa-hia.example");
  assert.equal(readAddress("+carol@مثال.إختبار"), "+carol@xn--mgbh0fb.xn--kgbechtv");
});

test("what is not one address is none", () => {
  for (const typed of [
    "",
    "carol",
    "carol@",
    "carol@example",
    "a@example.org, b@example.org",
    "carol@example.org/x",
    "a b@example.org",
  ]) {
    assert.equal(readAddress(typed), null, typed);
  }
});
