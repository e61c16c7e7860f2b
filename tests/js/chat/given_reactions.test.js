import assert from "node:assert/strict";
import { test } from "node:test";

import { GivenReactions } from "../../../static/js/chat/given_reactions.js";

const one = { message: 7, participant: 3, reaction: "👍", name: "Carol", on: true };

test("each sign of a line has its people, the first to give it first", () => {
  const given = new GivenReactions();
  given.note(one);
  given.note({ ...one, participant: 1, name: "Amal" });
  given.note({ ...one, reaction: "🎉" });
  assert.deepEqual([...given.of(7, "👍").values()], ["Carol", "Amal"]);
  assert.deepEqual([...given.of(7, "🎉").keys()], [3]);
  assert.equal(given.of(7, "🙏").size, 0);
  assert.equal(given.of(8, "👍").size, 0);
});

test("hearing of it twice changes nothing, and what was taken back is gone", () => {
  const given = new GivenReactions();
  given.note(one);
  given.note(one);
  assert.equal(given.of(7, "👍").size, 1);
  given.note({ ...one, on: false });
  given.note({ ...one, on: false });
  assert.equal(given.of(7, "👍").size, 0);
});

test("a deleted line has none", () => {
  const given = new GivenReactions();
  given.note(one);
  given.note({ ...one, message: 8 });
  given.forget(7);
  assert.equal(given.of(7, "👍").size, 0);
  assert.equal(given.of(8, "👍").size, 1);
});
