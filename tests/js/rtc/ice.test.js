import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Ice } from "../../../static/js/rtc/ice.js";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

const answer = { ice_servers: [{ urls: ["turn:relay.test"] }], ice_transport_policy: "relay", seconds: 600 };

test("asks again at half the time", async () => {
  const asked = [];
  const ice = new Ice("/ice/", { get: async (url) => asked.push(url) && answer });
  const renewed = [];
  ice.onRenewed = (configuration) => renewed.push(configuration);
  assert.deepEqual(await ice.configuration(), { iceServers: answer.ice_servers, iceTransportPolicy: "relay" });

  mock.timers.tick(300_000);
  await new Promise(setImmediate);

  assert.equal(asked.length, 2);
  assert.equal(renewed[0].iceTransportPolicy, "relay");
});

test("without an answer it goes on without a relay", async () => {
  const ice = new Ice("/ice/", { get: async () => Promise.reject(new Error("no")) });
  assert.deepEqual(await ice.configuration(), { iceServers: [] });
});
