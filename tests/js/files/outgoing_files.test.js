import assert from "node:assert/strict";
import test from "node:test";

import { Emitter } from "../../../static/js/core/emitter.js";
import { OutgoingFiles } from "../../../static/js/files/outgoing_files.js";

/** The session's files, of which this page has none yet. */
class Files extends Emitter {
  all = [];
}

/** @param {(files: {name: string}[]) => Promise<unknown>} offer */
function sender(offer) {
  const stream = new Emitter();
  const pending = { put() {}, async get() {}, drop() {} };
  const outgoing = new OutgoingFiles({ me: 7, files: new Files(), api: { offer }, pending, stream });
  return { outgoing, stream };
}

const refusal = (/** @type {string} */ code) => Object.assign(new Error(code), { code });
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("what waits behind an offer that is refused is offered at once", async () => {
  const offered = [];
  const { outgoing } = sender(async ([{ name }]) => {
    offered.push(name);
    if (name === "large") throw refusal("file_too_large");
    return { files: [] };
  });
  const told = [];
  outgoing.on("refused", ({ message }) => told.push(message));

  outgoing.offer([{ name: "large" }]);
  outgoing.offer([{ name: "small" }]);
  await settled();

  assert.deepEqual(offered, ["large", "small"]);
  assert.deepEqual(told, ["file_too_large"]);
});

test("an offer that comes before its turn waits until something is answered", async () => {
  const offered = [];
  let isPending = true;
  const { outgoing, stream } = sender(async ([{ name }]) => {
    offered.push(name);
    if (isPending) throw refusal("offer_pending");
    return { files: [] };
  });

  outgoing.offer([{ name: "second" }]);
  await settled();
  assert.deepEqual(offered, ["second"]);

  isPending = false;
  stream.emit("activity.allowed", {});
  await settled();
  assert.deepEqual(offered, ["second", "second"]);
});

test("an answer that comes while an offer is under way is not missed", async () => {
  const offered = [];
  let isPending = true;
  const { outgoing, stream } = sender(async ([{ name }]) => {
    offered.push(name);
    if (!isPending) return { files: [] };
    // The site has answered the one before, after it refused this one.
    isPending = false;
    stream.emit("activity.stopped", {});
    throw refusal("offer_pending");
  });

  outgoing.offer([{ name: "second" }]);
  await settled();
  assert.deepEqual(offered, ["second", "second"]);
});

test("what fails in passing is no for all that wait, and said once", async () => {
  const offered = [];
  const { outgoing, stream } = sender(async ([{ name }]) => {
    offered.push(name);
    if (name === "first") throw Object.assign(refusal("unreachable"), { isPassing: true });
    return { files: [] };
  });

  const told = [];
  outgoing.on("refused", ({ message }) => told.push(message));
  outgoing.offer([{ name: "first" }]);
  outgoing.offer([{ name: "second" }]);
  await settled();
  stream.emit("activity.stopped", {});
  outgoing.offer([{ name: "third" }]);
  await settled();

  assert.deepEqual(offered, ["first", "third"]);
  assert.deepEqual(told, ["unreachable"]);
});
