import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenPair, judge } from "../../../static/js/rtc/quality.js";

const transport = { id: "T", type: "transport", selectedCandidatePairId: "P" };
const pair = {
  id: "P",
  type: "candidate-pair",
  localCandidateId: "L",
  remoteCandidateId: "R",
  currentRoundTripTime: 0.02,
};
const local = (candidateType) => ({ id: "L", type: "local-candidate", candidateType });
const remote = { id: "R", type: "remote-candidate", candidateType: "host" };
const inbound = (packetsReceived, packetsLost) => ({ id: "I", type: "inbound-rtp", packetsReceived, packetsLost });

test("says connecting until it is connected", () => {
  assert.equal(judge("new", []).word, "connecting");
  assert.equal(judge("connecting", []).word, "connecting");
});

test("tells a direct way from a relayed one", () => {
  assert.equal(judge("connected", [transport, pair, local("host"), remote]).word, "direct");
  assert.equal(judge("connected", [transport, pair, local("relay"), remote]).word, "relayed");
});

test("finds the pair in a browser that has no transport report", () => {
  const chosen = { ...pair, nominated: true, state: "succeeded" };
  assert.equal(chosenPair([{ ...pair, id: "other" }, chosen]), chosen);
});

test("judges loss since the last look, not since the beginning", () => {
  const first = judge("connected", [transport, pair, local("host"), remote, inbound(100, 50)]);
  assert.equal(first.word, "weak");
  const second = judge("connected", [transport, pair, local("host"), remote, inbound(300, 51)], first);
  assert.equal(second.word, "direct");
});

test("calls a slow way weak", () => {
  assert.equal(
    judge("connected", [transport, { ...pair, currentRoundTripTime: 0.8 }, local("relay"), remote]).word,
    "weak",
  );
});

test("says lost whenever the connection is", () => {
  for (const state of ["disconnected", "failed", "closed"]) assert.equal(judge(state, []).word, "lost");
});
