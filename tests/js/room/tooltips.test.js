import assert from "node:assert/strict";
import { test } from "node:test";

import { contentOf, signOf } from "../../../static/js/room/tooltips.js";

/** A button as far as a tooltip looks at it. */
function button({ title = "", label = null, keys = null, text = "" } = {}) {
  const attributes = { "aria-label": label, "aria-keyshortcuts": keys };
  return {
    title,
    role: null,
    textContent: text,
    getAttribute: (name) => attributes[name] ?? null,
    matches: () => false,
    querySelector: () => null,
  };
}

test("a key is written as it stands on keyboards", () => {
  assert.equal(signOf("I"), "I");
  assert.equal(signOf("Control+K"), "Ctrl K");
  assert.equal(signOf("Meta+K"), "⌘ K");
  assert.equal(signOf(""), "");
});

test("a tooltip has the title, else the name, and the key that is on", () => {
  assert.deepEqual(contentOf(button({ title: "Mute", keys: "M" })), { words: "Mute", key: "M" });
  assert.deepEqual(contentOf(button({ text: " Chat ", keys: "C" })), { words: "Chat", key: "C" });
  assert.deepEqual(contentOf(button({ label: "Search in the chat" })), { words: "Search in the chat", key: "" });
});
