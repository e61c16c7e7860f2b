import assert from "node:assert/strict";
import { test } from "node:test";

import { findings, keepFindings, reportFindings } from "../../../static/js/check/findings.js";

function storage(kept = {}) {
  return { getItem: (name) => kept[name] ?? null, setItem: (name, text) => (kept[name] = text) };
}

test("what is found later is added to what was found before", () => {
  const tab = storage();
  keepFindings({ camera: "present", phone: "no" }, tab);
  keepFindings({ camera: "works" }, tab);
  assert.deepEqual(findings(tab), { camera: "works", phone: "no" });
});

test("what is no finding of ours is none", () => {
  assert.deepEqual(findings(storage({ "connection-check": "{" })), {});
  assert.deepEqual(findings(storage({ "connection-check": "null" })), {});
});

test("a browser that keeps nothing is no trouble", () => {
  const full = { getItem: () => null, setItem: () => { throw new DOMException("full", "QuotaExceededError"); } };
  assert.doesNotThrow(() => keepFindings({ camera: "works" }, full));
});

test("nothing found is not reported, and a refusal is not in the way", async () => {
  const sent = [];
  await reportFindings("/device/", {}, async (...what) => sent.push(what));
  await reportFindings("/device/", { udp: "reached" }, async (...what) => sent.push(what));
  await reportFindings("/device/", { udp: "reached" }, () => Promise.reject(new Error("no")));
  assert.deepEqual(sent, [["/device/", { udp: "reached" }]]);
});
