import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Emitter } from "../../../static/js/core/emitter.js";
import { CallRing } from "../../../static/js/media/call_ring.js";
import { CALL, CALLING } from "../../../static/js/ui/sounds.js";

let room;
let button;
let heard;
let sounds;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  heard = [];
  sounds = { isOn: true, play: (tones) => heard.push(tones) };
  button = Object.assign(new EventTarget(), { hidden: true });
  room = { voice: new Emitter(), live: { call: undefined }, stream: new Emitter() };
});
afterEach(() => mock.timers.reset());

const listen = () => new CallRing(button, room, sounds);

/** @param {string} state @param {{activity?: number, isCaller?: boolean}} [of] */
function becomes(state, { activity = 1, isCaller = false } = {}) {
  room.live.call = state === "away" ? undefined : { activity };
  Object.assign(room.voice, { state, isCaller });
  room.voice.emit("state", {});
}

test("a call rings until it is answered", () => {
  listen();
  becomes("offered");
  mock.timers.tick(6_000);
  assert.deepEqual(heard, [CALL, CALL, CALL]);
  assert.equal(button.hidden, false);
  becomes("in");
  mock.timers.tick(60_000);
  assert.equal(heard.length, 3);
  assert.equal(button.hidden, true);
});

test("who calls hears it until somebody is there", () => {
  listen();
  becomes("in", { isCaller: true });
  room.voice.emit("speakers", { speakers: [{}] });
  mock.timers.tick(3_000);
  assert.deepEqual(heard, [CALLING, CALLING]);
  room.voice.emit("speakers", { speakers: [{}, {}] });
  // Alone again, after the other has hung up.
  becomes("in", { isCaller: true });
  mock.timers.tick(60_000);
  assert.equal(heard.length, 2);
});

test("who calls hears it no more once somebody has declined; who is called as well goes on", () => {
  listen();
  becomes("in", { isCaller: true });
  room.stream.emit("call.declined", { data: { activity: 1 } });
  mock.timers.tick(60_000);
  assert.equal(heard.length, 1);
  becomes("away");
  becomes("offered", { activity: 2 });
  room.stream.emit("call.declined", { data: { activity: 2 } });
  mock.timers.tick(3_000);
  assert.equal(heard.length, 3);
});

test("nothing rings for longer than a minute, and the next call rings", () => {
  listen();
  becomes("offered");
  mock.timers.tick(600_000);
  assert.equal(heard.length, 20);
  assert.equal(button.hidden, true);
  becomes("away");
  becomes("offered", { activity: 2 });
  assert.equal(heard.length, 21);
});

test("the button stops it for this call", () => {
  listen();
  becomes("offered");
  button.dispatchEvent(new Event("click"));
  becomes("offered");
  mock.timers.tick(60_000);
  assert.deepEqual([heard.length, button.hidden], [1, true]);
});

test("a call that is older than the page does not ring", () => {
  room.live.call = { activity: 1 };
  listen();
  becomes("offered");
  mock.timers.tick(3_000);
  assert.equal(heard.length, 0);
});

test("with sounds switched off there is nothing to stop", () => {
  sounds.isOn = false;
  listen();
  becomes("offered");
  assert.equal(button.hidden, true);
});
