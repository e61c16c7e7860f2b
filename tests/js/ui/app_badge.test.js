import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

// What a browser's window has.
const hides = new EventTarget();
globalThis.addEventListener = hides.addEventListener.bind(hides);
const { showBadge } = await import("../../../static/js/ui/app_badge.js");

const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");

/** @param {object} device */
function device(device) {
  Object.defineProperty(globalThis, "navigator", { value: device, configurable: true });
}

afterEach(() => Object.defineProperty(globalThis, "navigator", before));

test("the count is shown, and taken away when nothing is left", () => {
  const told = [];
  device({ setAppBadge: async (count) => told.push(count), clearAppBadge: async () => told.push("none") });
  showBadge(3);
  showBadge(0);
  assert.deepEqual(told, [3, "none"]);
});

test("a page that shows no count leaves another page's alone", () => {
  const told = [];
  device({ setAppBadge: async (count) => told.push(count), clearAppBadge: async () => told.push("none") });
  showBadge(0);
  hides.dispatchEvent(new Event("pagehide"));
  assert.deepEqual(told, []);
});

test("a page that is left takes its count with it", () => {
  const told = [];
  device({ setAppBadge: async (count) => told.push(count), clearAppBadge: async () => told.push("none") });
  showBadge(2);
  hides.dispatchEvent(new Event("pagehide"));
  assert.deepEqual(told, [2, "none"]);
});

test("a device without such a sign, or that forbids it, goes on", async () => {
  device({});
  showBadge(3);
  device({ setAppBadge: () => Promise.reject(new DOMException("no", "NotAllowedError")) });
  showBadge(3);
  await new Promise(setImmediate);
});
