import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Clock } from "../../../static/js/core/clock.js";

const NOON = Date.parse("2026-05-01T12:00:00Z");
const AHEAD = 5 * 60_000;

/** The server's clock; the computer's is five minutes ahead of it. */
let there = NOON;
let skew = AHEAD;
let clock = new Clock();

beforeEach(() => {
  there = NOON;
  skew = AHEAD;
  clock = new Clock(() => there + skew);
});

const iso = (ms) => new Date(ms).toISOString();

/** Ask the server for its time, which takes `up` milliseconds there and `down` back. */
function ask(up, down) {
  const sent = clock.local;
  there += up;
  const told = iso(there);
  there += down;
  clock.learn(told, sent);
}

test("goes by the computer's own clock until the server has said its time", () => {
  assert.equal(clock.now, NOON + AHEAD);
});

test("five minutes ahead, it counts down what the server means", () => {
  ask(40, 40);
  assert.equal(clock.now, there);
  assert.equal(clock.secondsUntil(iso(there + 20_000)), 20);
});

test("five minutes behind, too", () => {
  skew = -AHEAD;
  ask(40, 40);
  assert.equal(clock.secondsUntil(iso(there + 20_000)), 20);
});

test("counts no seconds below zero, and a part of one as a whole", () => {
  ask(0, 0);
  assert.equal(clock.secondsUntil(iso(there - 3_000)), 0);
  assert.equal(clock.secondsUntil(iso(there + 1)), 1);
});

test("is off by half of a lopsided way at most", () => {
  ask(900, 100);
  assert.equal(clock.now - there, 400);
});

test("keeps the answer that came the shortest way", () => {
  ask(10, 10);
  ask(1_900, 100);
  assert.equal(clock.now, there);
  ask(2, 2);
  assert.equal(clock.now, there);
});

test("a shorter way than the kept one is believed", () => {
  ask(900, 100);
  ask(5, 5);
  assert.equal(clock.now, there);
});

test("believes a slower answer once the kept one is old", () => {
  ask(10, 10);
  there += 3_600_000;
  skew += 30;
  ask(50, 50);
  assert.equal(clock.now, there);
});

test("learns at once that the computer's clock was set", () => {
  ask(1, 1);
  skew = 0;
  ask(300, 300);
  assert.equal(clock.now, there);
});

test("does not believe an answer that seems older than its question", () => {
  ask(10, 10);
  clock.learn(iso(0), clock.local + 1);
  assert.equal(clock.now, there);
});

test("an answer without a time changes nothing", () => {
  ask(10, 10);
  clock.learn(undefined, clock.local);
  assert.equal(clock.now, there);
});

test("is not behind what has happened on the server", () => {
  skew = -AHEAD;
  clock.heard(iso(there));
  assert.equal(clock.now, there);
  clock.heard(iso(there - 60_000));
  assert.equal(clock.now, there);
});
