import assert from "node:assert/strict";
import { test } from "node:test";

import { closest, find, findAll, findAround, isElement, maybe } from "../../../static/js/core/elements.js";

// An element of another window: an instance of no class that this one has.
const button = { nodeType: 1, closest: (selector) => (selector === "[data-command]" ? button : null) };
const root = {
  querySelector: (selector) => (selector === "[data-command]" ? button : null),
  querySelectorAll: (selector) => (selector === "[data-command]" ? [button] : []),
};

test("what every page has is found, and missed by its name", () => {
  assert.equal(find(root, "[data-command]"), button);
  assert.throws(() => find(root, "[data-tray]"), { name: "TypeError", message: "There is no [data-tray] here." });
  assert.equal(findAround(button, "[data-command]"), button);
  assert.throws(() => findAround(button, "dialog"), { message: "There is no dialog around this." });
});

test("what some pages have may be missing", () => {
  assert.equal(maybe(root, "[data-command]"), button);
  assert.equal(maybe(root, "[data-tray]"), null);
  assert.deepEqual(findAll(root, "[data-command]"), [button]);
  assert.deepEqual(findAll(root, "[data-tray]"), []);
});

test("an element of another window is one", () => {
  assert.equal(isElement(button), true);
  assert.equal(closest(button, "[data-command]"), button);
  assert.equal(closest(button, "dialog"), null);
});

test("an event may come from what is no element", () => {
  const page = Object.assign(new EventTarget(), { nodeType: 9 });
  for (const target of [page, new EventTarget(), null, undefined]) {
    assert.equal(isElement(target), false);
    assert.equal(closest(target, "[data-command]"), null);
  }
});
