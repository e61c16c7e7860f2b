import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const types = read("static/js/core/event_data.js");
const signals = types.lastIndexOf("@typedef {{\n");

test("the page knows every event that the site records, and no other", () => {
  const recorded = ["sessions_app", "webacd", "invitations"].flatMap((app) =>
    [...read(`${app}/events.py`).matchAll(/(?:Draft|_draft)\(\s*"([\w.]+)"/g)].map(([, name]) => name),
  );
  assert.deepEqual(namesIn(types.slice(0, signals)), recorded.sort());
});

test("the page knows every signal that the protocol lists for a session", () => {
  const [, table] = read("docs/protocol.md").split("## Signals of a session");
  const listed = [...table.split("\n## ")[0].matchAll(/^\| `([\w.-]+)`/gm)].map(([, name]) => name);
  const ofTheSite = ["board.changed", "position.told", "sessions.changed"];
  assert.deepEqual(namesIn(types.slice(signals)), [...listed, ...ofTheSite].sort());
});

/** @param {string} text */
function namesIn(text) {
  return [...text.matchAll(/^ \* {3}"([\w.-]+)":/gm)].map(([, name]) => name).sort();
}
