import assert from "node:assert/strict";
import { test } from "node:test";

import { RecentEmoji } from "../../../static/js/chat/recent_emoji.js";

function storage() {
  const kept = new Map();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
}

test("the latest is the first, and each is there once", () => {
  const recent = new RecentEmoji(storage());
  assert.deepEqual(recent.signs, []);
  for (const sign of ["🔧", "☕", "🔧"]) recent.add(sign);
  assert.deepEqual(recent.signs, ["🔧", "☕"]);
});

test("so many are kept, also of those that something else put there", () => {
  const place = storage();
  const recent = new RecentEmoji(place);
  for (let number = 0; number < 40; number += 1) recent.add(`e${number}`);
  assert.equal(recent.signs.length, 16);
  assert.equal(recent.signs[0], "e39");
  place.setItem("recent-emoji", "x ".repeat(500));
  assert.equal(recent.signs.length, 16);
});
