import assert from "node:assert/strict";
import { test } from "node:test";

import { Refusal } from "../../../static/js/core/http.js";
import { resultOf, wordsFor } from "../../../static/js/notifications/push.js";

const TEXTS = { textSent: "sent", textUnsent: "not: {fault}", textUnanswered: "no answer", textGone: "gone" };
const DEVICE = { key: "", endpoint: "https://push.example/1", accepted: false, fault: "" };

function looks(...answers) {
  let at = 0;
  return { look: async () => ({ ...DEVICE, ...answers[Math.min(at++, answers.length - 1)] }), count: () => at };
}

async function result(push) {
  return resultOf(push, TEXTS, async () => {});
}

test("a test is sent once the push service has taken it, and not before", async () => {
  const push = looks({}, {}, { accepted: true });
  assert.equal(await result(push), "sent");
  assert.equal(push.count(), 3);
});

test("what the push service says against it is said", async () => {
  assert.equal(await result(looks({}, { fault: "$& it is away" })), "not: $& it is away");
});

test("a browser that has dropped its subscription gets no test", async () => {
  assert.equal(await result(looks({ endpoint: "" })), "gone");
});

test("nobody waits for ever", async () => {
  const push = looks({});
  assert.equal(await result(push), "no answer");
  assert.equal(push.count(), 20);
});

const FAILED = { textFailed: "That did not work." };

test("what went wrong is said in a sentence, and never by the name of an error", () => {
  const refused = new Refusal({ code: "not_subscribed", message: "Press it." });
  assert.equal(wordsFor(refused, FAILED), "Press it.");
  for (const error of [Refusal.unreachable(), new TypeError("Failed to fetch"), new DOMException("no", "AbortError")]) {
    assert.equal(wordsFor(error, FAILED), FAILED.textFailed);
  }
});
