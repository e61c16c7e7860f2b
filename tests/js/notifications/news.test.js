import assert from "node:assert/strict";
import { test } from "node:test";

import { isFresh, newsOf } from "../../../static/js/notifications/news.js";

const ME = "participant.1";
const carol = { key: "participant.2", name: "Carol" };
const who = { participant: 2, name: "Carol", role: "customer" };

/** @param {string} type @param {object} data @param {object | null} actor */
const event = (type, data = {}, actor = carol) => ({ seq: 7, after: 6, type, data, actor, at: "2026-11-30T12:00:00Z" });

for (const [told, kind, name] of [
  [event("participant.joined", who), "joined", "Carol"],
  [event("participant.joined", { ...who, name: "Bilal", role: "assistant" }), "assistant", "Bilal"],
  [event("participant.waiting", who), "door", "Carol"],
  [event("participant.lost", who, null), "lost", "Carol"],
  [event("chat.said", { participant: 2, text: "Hello" }), "wrote", "Carol"],
  [event("consent.answered", { customer: 2, answer: "declined" }), "answered", "Carol"],
  [event("invitation.opened", { invitation: 3 }, null), "opened", ""],
]) {
  test(`${told.type} of ${name || "an invitation"} is news: ${kind}`, () => {
    assert.deepEqual(newsOf(told, ME), { kind, name });
  });
}

for (const type of ["participant.left", "participant.returned", "invitation.joined", "activity.started", "no.such"]) {
  test(`${type} is none`, () => assert.equal(newsOf(event(type, who), ME), null));
}

test("an assistant whose connection is lost is none", () => {
  assert.equal(newsOf(event("participant.lost", { ...who, role: "assistant" }, null), ME), null);
});

test("what one does oneself is none", () => {
  const me = { key: ME, name: "Amal" };
  assert.equal(newsOf(event("chat.said", { participant: 1, text: "Hello" }, me), ME), null);
  // A customer who is let in was announced at the door.
  assert.equal(newsOf(event("participant.joined", who, me), ME), null);
});

test("what is replayed a minute later is no news any more", () => {
  const at = Date.parse("2026-11-30T12:00:00Z");
  assert.equal(isFresh(event("participant.joined", who), at + 59_999), true);
  assert.equal(isFresh(event("participant.joined", who), at + 60_000), false);
});
