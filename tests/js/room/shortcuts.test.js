import assert from "node:assert/strict";
import { test } from "node:test";

import { Shortcuts, shortcutOf } from "../../../static/js/room/shortcuts.js";

const plain = { ctrlKey: false, metaKey: false, altKey: false };

test("a key is known by its place, whatever letter is on it", () => {
  assert.equal(shortcutOf({ ...plain, code: "KeyI", key: "i" }), "I");
  assert.equal(shortcutOf({ ...plain, code: "KeyI", key: "ه" }), "I");
  assert.equal(shortcutOf({ ...plain, code: "Digit2", key: "٢" }), "2");
  assert.equal(shortcutOf({ ...plain, code: "Numpad2", key: "2" }), "2");
});

test("question marks are alike on all keyboards", () => {
  for (const [code, key] of [
    ["Slash", "?"],
    ["KeyM", "?"],
    ["Slash", "؟"],
  ]) {
    assert.equal(shortcutOf({ ...plain, code, key }), "?");
  }
});

test("what belongs to the browser, or is no letter, is no shortcut", () => {
  for (const held of ["ctrlKey", "metaKey", "altKey"]) {
    assert.equal(shortcutOf({ ...plain, [held]: true, code: "KeyI", key: "i" }), null);
  }
  for (const code of ["Enter", "Escape", "Space", "ArrowUp", "Comma", ""]) {
    assert.equal(shortcutOf({ ...plain, code, key: code }), null);
  }
});

test("they are on until somebody turns them off, on this device", () => {
  const kept = new Map();
  const storage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
  assert.equal(new Shortcuts(storage).areOn, true);
  new Shortcuts(storage).areOn = false;
  assert.equal(new Shortcuts(storage).areOn, false);
  new Shortcuts(storage).areOn = true;
  assert.equal(new Shortcuts(storage).areOn, true);
});
