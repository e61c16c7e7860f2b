import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

const real = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
afterEach(() => real && Object.defineProperty(globalThis, "localStorage", real));

/** The module, as a page with this storage has it. */
async function withStorage(get, name) {
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get });
  return (await import(`../../../static/js/core/device_storage.js?${name}`)).deviceStorage;
}

test("what the device keeps is kept there", async () => {
  const kept = new Map();
  const device = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
  (await withStorage(() => device, "kept")).setItem("sounds", "off");
  assert.equal(kept.get("sounds"), "off");
});

for (const [name, get] of Object.entries({
  refused: () => {
    throw new DOMException("Access is denied", "SecurityError");
  },
  switchedOff: () => null,
})) {
  test(`a page whose browser keeps nothing keeps it for itself: ${name}`, async () => {
    const storage = await withStorage(get, name);
    assert.equal(storage.getItem("sounds"), null);
    storage.setItem("sounds", "off");
    assert.equal(storage.getItem("sounds"), "off");
  });
}
