import assert from "node:assert/strict";
import { test } from "node:test";

import { Refusal } from "../../../static/js/core/http.js";
import { persist } from "../../../static/js/core/persist.js";

globalThis.document = { querySelector: () => null };
const AT_ONCE = { backoff: { next: () => 0 } };

/** Answers one after the other; a number is a status that is refused with. */
function site(...answers) {
  return async () => {
    const answer = answers.shift();
    if (typeof answer === "number") throw new Refusal({ code: "failed", status: answer });
    return answer;
  };
}

test("asks again until there is an answer, and tells of each trouble", async () => {
  const troubles = [];
  const onTrouble = ({ status }) => troubles.push(status);
  assert.equal(await persist(site(502, 429, 502, "room"), { ...AT_ONCE, onTrouble }), "room");
  assert.deepEqual(troubles, [502, 429, 502]);
});

for (const status of [403, 404, 410]) {
  test(`takes ${status} as final`, async () => {
    await assert.rejects(persist(site(status, "room"), AT_ONCE), (refusal) => refusal.status === status);
  });
}

test("stops when the answer is not wanted any more", async () => {
  let isWanted = true;
  const onTrouble = () => (isWanted = false);
  await assert.rejects(persist(site(502, 502, "room"), { ...AT_ONCE, isWanted: () => isWanted, onTrouble }));
});

test("hides no mistake of ours", async () => {
  const broken = async () => {
    throw new TypeError("a mistake");
  };
  await assert.rejects(persist(broken, AT_ONCE), TypeError);
});
