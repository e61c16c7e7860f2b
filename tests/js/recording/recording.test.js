import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Emitter } from "../../../static/js/core/emitter.js";
import { LiveActivities } from "../../../static/js/media/live_activities.js";
import { Recording } from "../../../static/js/recording/recording.js";

const recording = { activity: 5, kind: "recording", owner: 1, requested_by: 1 };
const runs = { ...recording, state: "running", owner_name: "Amal", details: { recording: 9 } };

class Film extends Emitter {
  state = "new";
  open = async () => void (this.state = "runs");
  pause = () => (this.state = "paused");
  resume = () => (this.state = "runs");
  close = async () => (this.state = "closed");
}

function page({ snapshot = [], isPaused = false, isPossible = true, me = 1, refuse = null } = {}) {
  const stream = new Emitter();
  const live = new LiveActivities(snapshot, { "participant.1": "Amal" }, stream);
  const asked = [];
  const films = [];
  const api = {
    running: async (activity) => {
      asked.push(["running", activity]);
      if (refuse) throw refuse;
    },
    stop: async (activity, failure) => asked.push(["stop", activity, failure]),
  };
  const makeFilm = (number) => {
    films.push(Object.assign(new Film(), { number }));
    return films.at(-1);
  };
  const one = new Recording({ live, api, stream, me, isPaused, isPossible, makeFilm });
  const happen = (type, data) => stream.emit(type, { type, data, actor: null });
  return { one, asked, films, happen };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("nothing is recorded before everybody has had three seconds to read of it", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { asked, films, happen } = page();
  happen("activity.allowed", recording);
  mock.timers.tick(3_000);
  assert.deepEqual([asked, films], [[], []]);
  mock.timers.tick(300);
  assert.deepEqual(asked, [["running", 5]]);
  assert.deepEqual(films, []);
  happen("activity.started", { ...recording, details: { recording: 9 } });
  mock.timers.reset();
  await settle();
  assert.deepEqual(
    films.map(({ number, state }) => [number, state]),
    [[9, "runs"]],
  );
});

test("stopped while it is announced, it never runs", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { asked, happen } = page();
  happen("activity.allowed", recording);
  happen("activity.stopped", { ...recording, reason: "stopped" });
  mock.timers.tick(10_000);
  assert.deepEqual(asked, []);
  mock.timers.reset();
});

test("a page that is reloaded goes on by itself", async () => {
  const { one, films } = page({ snapshot: [runs] });
  one.resume();
  await settle();
  assert.deepEqual(
    films.map(({ state }) => state),
    ["runs"],
  );
});

test("reloaded during a pause, it waits for its end", async () => {
  const { one, films, happen } = page({ snapshot: [runs], isPaused: true });
  one.resume();
  await settle();
  assert.deepEqual(films, []);
  happen("recording.resumed", { recording: 9, activity: 5 });
  await settle();
  assert.deepEqual(
    films.map(({ state }) => state),
    ["runs"],
  );
});

test("pauses at the press, and goes on when the site says so", async () => {
  const { one, films, happen } = page({ snapshot: [runs] });
  one.resume();
  await settle();
  one.pause();
  assert.equal(films[0].state, "paused");
  happen("recording.paused", { recording: 9, activity: 5 });
  happen("recording.resumed", { recording: 9, activity: 5 });
  assert.equal(films[0].state, "runs");
});

test("ends with its activity, no matter who ended it", async () => {
  const { one, films, happen } = page({ snapshot: [runs] });
  one.resume();
  await settle();
  happen("activity.stopped", { ...recording, reason: "control_transferred" });
  await one.settled;
  assert.equal(films[0].state, "closed");
});

test("when sound comes after all, a new segment begins", async () => {
  const { one, films } = page({ snapshot: [runs] });
  one.resume();
  await settle();
  films[0].emit("sound");
  await settle();
  assert.deepEqual(
    films.map(({ state }) => state),
    ["closed", "runs"],
  );
});

test("a browser that cannot record says so to everybody", () => {
  const { asked, films, happen } = page({ isPossible: false });
  happen("activity.allowed", recording);
  assert.deepEqual([asked, films], [[["stop", 5, "unsupported"]], []]);
});

test("somebody else's recording is only shown", async () => {
  const { one, films } = page({ snapshot: [runs], me: 2 });
  one.resume();
  await settle();
  assert.deepEqual(films, []);
  assert.equal(one.current?.activity, 5);
});
