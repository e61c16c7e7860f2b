import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clock } from "../../../static/js/core/clock.js";
import { Emitter } from "../../../static/js/core/emitter.js";

const root = { dataset: { assist: "/sessions/assist/", textAssist: "{name} asks you to assist in session {number}." } };
let hearAsked;

before(async () => {
  // What the sentences of a page need of it.
  const nothing = { querySelector: () => null, querySelectorAll: () => [], hidden: false };
  globalThis.document = Object.assign(new EventTarget(), nothing);
  globalThis.sessionStorage = { getItem: () => null, removeItem: () => {} };
  ({ hearAsked } = await import("../../../static/js/notifications/asked.js"));
});
after(() => {
  delete globalThis.document;
  delete globalThis.sessionStorage;
});

/** @param {number} ago milliseconds */
function asked(ago) {
  const [rings, stream] = [[], new Emitter()];
  hearAsked(root, stream, { ring: async (ring) => void rings.push(ring) });
  const at = new Date(clock.now - ago).toISOString();
  stream.emit("assist.asked", { at, data: { name: "Bilal", number: "123456789" } });
  return rings;
}

test("who is asked now is led to the session by the ring, beside what they do", () => {
  const rings = asked(1_000);
  assert.deepEqual(
    rings.map(({ kind, url, isBeside }) => [kind, url, isBeside]),
    [["asked", "/sessions/assist/?number=123456789", true]],
  );
});

test("a question of long ago, heard after a sleep, does not ring", () => {
  assert.deepEqual(asked(3_600_000), []);
});
