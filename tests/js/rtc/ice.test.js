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

test("a renewal that fails leaves what was there, and is tried again", async () => {
  const passing = Object.assign(new Error("no"), { isPassing: true });
  const answers = [answer, passing, answer];
  const get = async () => {
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  const ice = new Ice("/ice/", { get });
  const renewed = [];
  ice.onRenewed = (configuration) => renewed.push(configuration);
  await ice.configuration();

  mock.timers.tick(300_000);
  await new Promise(setImmediate);
  assert.deepEqual(renewed, []);

  mock.timers.tick(5_000);
  await new Promise(setImmediate);
  assert.equal(renewed.length, 1);
});

test("after a sleep it asks before another way is looked for, and at no other time", async () => {
  let now = 0;
  const told = [];
  const get = async () => told.push("asked") && answer;
  const ice = new Ice("/ice/", { get, now: () => now });
  ice.onRenewed = () => told.push("renewed");
  await ice.configuration();

  ice.whenFresh(() => told.push("looks at once"));
  now = 1_200_000;
  await ice.whenFresh(() => told.push("looks after"));

  assert.deepEqual(told, ["asked", "looks at once", "asked", "renewed", "looks after"]);
});

test("who may not ask any more does not ask again", async () => {
  const told = [];
  const refused = Object.assign(new Error("no"), { isPassing: false });
  const get = async () => {
    told.push("asked");
    throw refused;
  };
  const ice = new Ice("/ice/", { get });
  await ice.configuration();

  mock.timers.tick(3_600_000);
  await ice.whenFresh(() => told.push("looks"));

  assert.deepEqual(told, ["asked", "looks"]);
});
