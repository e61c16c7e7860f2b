import assert from "node:assert/strict";
import { test } from "node:test";

import { Emitter } from "../../../static/js/core/emitter.js";
import { LiveActivities } from "../../../static/js/media/live_activities.js";

const share = { activity: 5, kind: "view_desktop", owner: 2, requested_by: 1 };

function live(snapshot = []) {
  const stream = new Emitter();
  const activities = new LiveActivities(snapshot, { "participant.2": "Carol" }, stream);
  const told = [];
  for (const type of ["changed", "ended"]) {
    activities.on(type, ({ live, was, reason }) => told.push([type, live.activity, was ?? reason ?? null]));
  }
  const happen = (type, data) => stream.emit(type, { type, data, actor: null });
  return { activities, told, happen };
}

test("follows one activity from the request to the end", () => {
  const { activities, told, happen } = live();
  happen("activity.requested", share);
  assert.equal(activities.share, undefined);
  happen("activity.allowed", share);
  happen("activity.started", { ...share, details: { surface: "window" } });
  assert.deepEqual(
    [activities.share?.state, activities.share?.owner_name, activities.share?.details.surface],
    ["running", "Carol", "window"],
  );
  happen("activity.stopped", { ...share, reason: "stopped" });

  assert.deepEqual(told, [
    ["changed", 5, null],
    ["changed", 5, "requested"],
    ["changed", 5, "allowed"],
    ["ended", 5, "stopped"],
  ]);
  assert.equal(activities.wasEnded(5), true);
});

test("begins with what ran when the page was drawn", () => {
  const { activities } = live([{ ...share, state: "running", owner_name: "Carol", details: {} }]);
  assert.equal(activities.share?.activity, 5);
});

test("knows those who join by name", () => {
  const { activities, happen } = live();
  happen("participant.joined", { participant: 9, name: "Omar", role: "customer" });
  assert.equal(activities.nameOf("participant.9"), "Omar");
});
