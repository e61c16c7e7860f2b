import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { showBadge } from "../../../static/js/ui/app_badge.js";

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

test("a device without such a sign, or that forbids it, goes on", async () => {
  device({});
  showBadge(3);
  device({ setAppBadge: () => Promise.reject(new DOMException("no", "NotAllowedError")) });
  showBadge(3);
  await new Promise(setImmediate);
});
