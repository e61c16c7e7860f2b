import assert from "node:assert/strict";
import { test } from "node:test";

import { EmojiSearch } from "../../../static/js/chat/emoji_search.js";

const search = new EmojiSearch({
  faces: [
    ["😀", "وجه بابتسامة عريضة", "grinning face grinning"],
    ["😊", "وجه مبتسم بعينين ضاحكتين", "smiling face with smiling eyes blush"],
  ],
  things: [
    ["🔑", "مفتاح", "key"],
    ["⌨️", "لوحة مفاتيح", "keyboard"],
    ["💙", "قلب أزرق", "blue heart"],
  ],
});
const found = (query) => search.search(query).map(({ sign }) => sign);

test("in the page's language and in English, whatever the case, accents and forms of letters", () => {
  assert.deepEqual(found("KEYB"), ["⌨️"]);
  assert.deepEqual(found("لوحه"), ["⌨️"]);
  assert.deepEqual(found("ازرق"), ["💙"]);
  assert.deepEqual(found("kéy"), ["🔑", "⌨️"]);
});

test("each word begins one of the name, and those whose own name begins with it come first", () => {
  assert.deepEqual(found("face smil"), ["😊"]);
  assert.deepEqual(found("eyboard"), []);
  assert.deepEqual(found("مف"), ["🔑", "⌨️"]);
  assert.deepEqual(found("مفتاح لوحة"), []);
});

test("without a word nothing is found", () => {
  assert.deepEqual(found(""), []);
  assert.deepEqual(found("  "), []);
});

test("those that are kept are named, as far as there are such, in their order", () => {
  assert.deepEqual(search.named(["🔑", "nonsense", "😀"]).map(({ name }) => name), ["مفتاح", "وجه بابتسامة عريضة"]);
});
