import assert from "node:assert/strict";
import { test } from "node:test";

import { findings, keepFindings, keepUsed, useFindings } from "../../../static/js/check/findings.js";

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

test("what a session's page has used is looked at again when it is loaded again, until a check has looked", () => {
  const tab = storage();
  keepFindings({ camera: "works" }, tab);
  assert.deepEqual(useFindings(tab), { known: { camera: "works" }, isNew: true });
  keepUsed({ udp: "reached" }, tab);
  assert.deepEqual(useFindings(tab), { known: { camera: "works", udp: "reached" }, isNew: false });
  keepFindings({ camera: "denied" }, tab);
  keepFindings({ phone: "no" }, tab);
  // What the first session found of the network says nothing of the second.
  assert.deepEqual(useFindings(tab), { known: { camera: "denied", phone: "no" }, isNew: true });
});
