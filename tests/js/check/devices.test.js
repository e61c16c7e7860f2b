import assert from "node:assert/strict";
import { test } from "node:test";

import { afterTest, devicesOf, tryDevices } from "../../../static/js/check/devices.js";

globalThis.isSecureContext = true;

const bothThere = { enumerateDevices: async () => [{ kind: "videoinput" }, { kind: "audioinput" }] };
const allowing = (state) => ({ query: async () => ({ state }) });

test("what is there, and what was denied, is found without asking", async () => {
  const asked = await devicesOf({ mediaDevices: bothThere, permissions: allowing("denied") });
  assert.deepEqual([asked.camera, asked.microphone], ["denied", "denied"]);
  const prompted = await devicesOf({ mediaDevices: bothThere, permissions: allowing("prompt") });
  assert.deepEqual([prompted.camera, prompted.microphone], ["present", "present"]);
});

test("a browser that does not know the permission is not taken for one that denies", async () => {
  const permissions = { query: () => Promise.reject(new TypeError("unknown")) };
  assert.equal((await devicesOf({ mediaDevices: bothThere, permissions })).camera, "present");
});

test("none is there, or none can be asked for", async () => {
  for (const mediaDevices of [{ enumerateDevices: async () => [] }, undefined]) {
    const { camera, microphone, screen } = await devicesOf({ mediaDevices, permissions: undefined });
    assert.deepEqual([camera, microphone, screen], ["missing", "missing", "no"]);
  }
});

test("a test is believed until the device is gone or denied", () => {
  const look = (camera) => ({ camera, microphone: "present", screen: "yes", phone: "no" });
  const words = (camera, tested) => afterTest(look(camera), { camera: tested }).camera;
  assert.deepEqual([words("present", "works"), words("present", "busy")], ["works", "busy"]);
  assert.deepEqual([words("missing", "works"), words("denied", "works")], ["missing", "denied"]);
  // Allowed since, or it would ask again.
  assert.deepEqual([words("present", "denied"), words("present", "missing")], ["present", "present"]);
});

test("each is tried by itself, and what is wrong is named", async () => {
  const stream = {};
  const no = (name) => () => Promise.reject(new DOMException("", name));
  const { found, picture, sound } = await tryDevices({ camera: no("NotFoundError"), microphone: async () => stream });
  assert.deepEqual(found, { camera: "missing", microphone: "works" });
  assert.deepEqual([picture, sound], [undefined, stream]);

  const other = await tryDevices({ camera: no("NotAllowedError"), microphone: no("NotReadableError") });
  assert.deepEqual(other.found, { camera: "denied", microphone: "busy" });
});
