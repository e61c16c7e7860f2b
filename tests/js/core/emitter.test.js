import assert from "node:assert/strict";
import { once } from "node:events";
import test from "node:test";

import { Emitter } from "../../../static/js/core/emitter.js";

function heardBy(emitter, type, options) {
  const heard = [];
  emitter.on(type, (detail) => heard.push(detail), options);
  return heard;
}

test("what is emitted reaches every listener of that event, at once and in order", () => {
  const emitter = new Emitter();
  const order = [];
  emitter.on("changed", ({ to }) => order.push(["first", to]));
  emitter.on("changed", ({ to }) => order.push(["second", to]));
  const others = heardBy(emitter, "ended");
  emitter.emit("changed", { to: 1 });
  emitter.emit("changed", { to: 2 });
  assert.deepEqual(order, [
    ["first", 1],
    ["second", 1],
    ["first", 2],
    ["second", 2],
  ]);
  assert.deepEqual(others, []);
});

test("an event may carry nothing", () => {
  const emitter = new Emitter();
  const heard = heardBy(emitter, "stale");
  emitter.emit("stale");
  assert.deepEqual(heard, [null]);
});

test("a listener may hear an event once only", () => {
  const emitter = new Emitter();
  const heard = heardBy(emitter, "trouble", { once: true });
  emitter.emit("trouble", 1);
  emitter.emit("trouble", 2);
  assert.deepEqual(heard, [1]);
});

test("one listener may hear several events, and is told which", () => {
  const emitter = new Emitter();
  const heard = [];
  emitter.onAny(["changed", "ended"], (detail, type) => heard.push([type, detail]));
  emitter.emit("ended", 1);
  emitter.emit("begun", 2);
  emitter.emit("changed", 3);
  assert.deepEqual(heard, [
    ["ended", 1],
    ["changed", 3],
  ]);
});

test("a listener hears no more once it has said so", () => {
  const emitter = new Emitter();
  const heard = [];
  const stop = emitter.on("changed", (detail) => heard.push(detail));
  emitter.emit("changed", 1);
  stop();
  emitter.emit("changed", 2);
  assert.deepEqual(heard, [1]);
});

test("a listener that throws is reported and keeps nobody from hearing", async () => {
  const emitter = new Emitter();
  const before = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  const reported = once(process, "uncaughtException");
  emitter.on("changed", () => {
    throw new Error("of the first");
  });
  const heard = heardBy(emitter, "changed");
  emitter.emit("changed", 1);
  assert.deepEqual(heard, [1]);
  const [error] = await reported;
  assert.equal(error.message, "of the first");
  before.forEach((listener) => process.on("uncaughtException", listener));
});
