import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { foundIn, termsOf } from "../../../static/js/chat/found_words.js";

const found = (text, query) => foundIn(text, termsOf(query)).map(({ from, to }) => text.slice(from, to));

test("every place of a word, whatever its case and accents", () => {
  assert.deepEqual(found("Café? CAFE, cafétéria", "cafe"), ["Café", "CAFE", "café"]);
  assert.deepEqual(found("Straße", "STRASSE"), ["Straße"]);
});

test("Arabic, with and without vowel marks, hamza and tatweel, and digits of either kind", () => {
  assert.deepEqual(found("الطَّابعة لا تعمل", "الطابعه"), ["الطَّابعة"]);
  assert.deepEqual(found("أحمد وإحسان", "احمد"), ["أحمد"]);
  assert.deepEqual(found("مـــرحبا", "مرحبا"), ["مـــرحبا"]);
  assert.deepEqual(found("رقم ٤٨٢", "482"), ["٤٨٢"]);
});

test("all words have to be there, in any order", () => {
  assert.deepEqual(found("The printer is offline", "offline printer"), ["printer", "offline"]);
  assert.deepEqual(found("The printer is offline", "printer online"), []);
});

test("places that touch or overlap are one", () => {
  assert.deepEqual(found("aaaa", "aa aaa"), ["aaaa"]);
});

test("places are right behind letters of two units, and beside line breaks", () => {
  assert.deepEqual(found("😀😀\n\n printer", "printer"), ["printer"]);
  assert.deepEqual(found("one\n  two", "two"), ["two"]);
});

test("nothing is found without a word", () => {
  assert.deepEqual(found("anything", "  "), []);
  assert.deepEqual(found("anything", "ـ"), []);
});

test("what the whole site takes for the same is found", () => {
  const { alike } = JSON.parse(readFileSync(new URL("../../folding.json", import.meta.url), "utf8"));
  assert.ok(alike.length);
  for (const [first, ...others] of alike) {
    for (const one of others) assert.notDeepEqual(found(`« ${one} »`, first), []);
  }
});
