import assert from "node:assert/strict";
import { test } from "node:test";

import { fillIn, inLanguage, isTrigger, queryIn } from "../../../static/js/chat/reply_text.js";

const values = { customer: "Carol", representative: "أمل", number: "123 456 789" };

test("a customer gets their language, or the one there is", () => {
  const both = { text: "Hello", arabic: "مرحبًا" };
  assert.deepEqual(inLanguage(both, "en"), { words: "Hello", language: "en" });
  assert.deepEqual(inLanguage(both, "ar"), { words: "مرحبًا", language: "ar" });
  assert.deepEqual(inLanguage({ text: "Hello", arabic: "" }, "ar"), { words: "Hello", language: "en" });
  assert.deepEqual(inLanguage({ text: "", arabic: "مرحبًا" }, "en"), { words: "مرحبًا", language: "ar" });
});

test("variables are filled in, and what runs against the text is set apart", () => {
  assert.equal(fillIn("Hello {customer}, number {number}.", values, "en"), "Hello Carol, number 123 456 789.");
  assert.equal(fillIn("I am {representative}.", values, "en"), "I am \u2068أمل\u2069.");
  assert.equal(
    fillIn("مرحبًا {customer}، رقمك {number}.", values, "ar"),
    "مرحبًا \u2068Carol\u2069، رقمك \u2066123 456 789\u2069.",
  );
});

test("what a value holds is no variable", () => {
  assert.equal(fillIn("{customer}", { customer: "{number} $& $1", number: "1" }, "en"), "{number} $& $1");
});

test("a variable without a value leaves no trace", () => {
  const none = { customer: "", number: "1" };
  assert.equal(fillIn("Hello {customer}, how are you?", none, "en"), "Hello, how are you?");
  assert.equal(fillIn("{customer}, hello", none, "en"), "hello");
  assert.equal(fillIn("{customer}، مرحبًا", none, "ar"), "مرحبًا");
  assert.equal(fillIn("From {queue} to {number}", none, "en"), "From to 1");
  assert.equal(fillIn("One.\n{customer}, two.", none, "en"), "One.\ntwo.");
  assert.equal(fillIn("{customer}\nHello", none, "en"), "\nHello");
});

test("a search begins with a sign, and ends with the line", () => {
  assert.equal(isTrigger("/th", 0), true);
  assert.equal(isTrigger("#th", 0), true);
  assert.equal(isTrigger("a/b", 0), false);
  assert.equal(isTrigger("", 0), false);
  assert.equal(queryIn("/th", 0, 3), "th");
  assert.equal(queryIn("/thanks", 0, 3), "th");
  assert.equal(queryIn("Hello #b", 6, 8), "b");
  assert.equal(queryIn("/th\nx", 0, 5), null);
  assert.equal(queryIn("/th", 0, 0), null);
  assert.equal(queryIn("th", 0, 2), null);
});
