import assert from "node:assert/strict";
import { test } from "node:test";

import { Shortcuts, opensList, shortcutOf } from "../../../static/js/room/shortcuts.js";

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, getModifierState: () => false };

test("a key is known by its place, whatever letter is on it", () => {
  assert.equal(shortcutOf({ ...plain, code: "KeyI", key: "i" }), "I");
  assert.equal(shortcutOf({ ...plain, code: "KeyI", key: "ه" }), "I");
  assert.equal(shortcutOf({ ...plain, code: "Digit2", key: "٢" }), "2");
  assert.equal(shortcutOf({ ...plain, code: "Numpad2", key: "2" }), "2");
  // The letter that is on the key goes before the place: A and Q change places on a French keyboard.
  assert.equal(shortcutOf({ ...plain, code: "KeyQ", key: "a" }), "A");
});

test("question marks are alike on all keyboards", () => {
  for (const [code, key] of [
    ["Slash", "?"],
    ["KeyM", "?"],
    ["Slash", "؟"],
  ]) {
    assert.equal(shortcutOf({ ...plain, shiftKey: true, code, key }), "?");
  }
});

test("what belongs to the browser, or is no letter, is no shortcut", () => {
  for (const held of ["ctrlKey", "metaKey", "altKey", "shiftKey"]) {
    assert.equal(shortcutOf({ ...plain, [held]: true, code: "KeyI", key: "i" }), null);
  }
  assert.equal(shortcutOf({ ...plain, getModifierState: (name) => name === "AltGraph", code: "KeyE", key: "€" }), null);
  assert.equal(shortcutOf({ ...plain, code: "Numpad1", key: "End" }), null);
  for (const code of ["Enter", "Escape", "Space", "ArrowUp", "Comma", ""]) {
    assert.equal(shortcutOf({ ...plain, code, key: code }), null);
  }
});

test("the list is opened by the key that deletes nothing", () => {
  const k = { ...plain, code: "KeyK", key: "k" };
  assert.equal(opensList({ ...k, ctrlKey: true }, "Linux x86_64"), true);
  assert.equal(opensList({ ...k, metaKey: true }, "MacIntel"), true);
  assert.equal(opensList({ ...k, ctrlKey: true }, "MacIntel"), false);
  assert.equal(opensList({ ...k, ctrlKey: true, shiftKey: true }, "Win32"), false);
  assert.equal(opensList(k, "Win32"), false);
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
