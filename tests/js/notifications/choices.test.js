import assert from "node:assert/strict";
import { test } from "node:test";

import { Choices, isQuiet } from "../../../static/js/notifications/choices.js";

const at = (time) => Date.parse(`2026-11-30T${time}Z`);
const NIGHT = { from: "22:00", until: "07:00", zone: "UTC" };
const LUNCH = { from: "12:00", until: "13:30", zone: "UTC" };

for (const [hours, time, expected] of [
  [NIGHT, "21:59:59", false],
  [NIGHT, "22:00:00", true],
  [NIGHT, "00:00:00", true],
  [NIGHT, "06:59:59", true],
  [NIGHT, "07:00:00", false],
  [LUNCH, "11:59:59", false],
  [LUNCH, "12:00:00", true],
  [LUNCH, "13:29:59", true],
  [LUNCH, "13:30:00", false],
  // An hour of the night in Riyadh, three hours ahead.
  [{ ...NIGHT, zone: "Asia/Riyadh" }, "20:00:00", true],
  [{ ...NIGHT, zone: "Asia/Riyadh" }, "05:00:00", false],
  [{ ...NIGHT, zone: "Nowhere/Known" }, "23:00:00", false],
]) {
  test(`from ${hours.from} to ${hours.until} in ${hours.zone} it is ${expected ? "" : "not "}quiet at ${time}`, () => {
    assert.equal(isQuiet(at(time), hours), expected);
  });
}

test("until it is known, everything is told", () => {
  const choices = new Choices({ now: at("23:00:00") });
  assert.deepEqual([choices.maySound("joined"), choices.mayShow("offer")], [true, true]);
});

test("each kind has its own sound and notification", () => {
  const choices = new Choices({ now: at("23:00:00") });
  choices.learn({ silent: "wrote lost", unshown: "joined" });
  assert.deepEqual([choices.maySound("wrote"), choices.mayShow("wrote")], [false, true]);
  assert.deepEqual([choices.maySound("joined"), choices.mayShow("joined")], [true, false]);
  choices.learn({ silent: "", unshown: "" });
  assert.deepEqual([choices.maySound("wrote"), choices.mayShow("joined")], [true, true]);
});

test("in quiet hours only offers are told, as their own settings say", () => {
  const time = { now: at("23:00:00") };
  const choices = new Choices(time);
  const hours = { quietFrom: "22:00:00", quietUntil: "07:00:00", quietZone: "UTC" };
  choices.learn({ silent: "", unshown: "", ...hours });
  assert.deepEqual([choices.maySound("joined"), choices.mayShow("joined")], [false, false]);
  assert.deepEqual([choices.maySound("asked"), choices.mayShow("asked")], [false, false]);
  assert.deepEqual([choices.maySound("offer"), choices.mayShow("offer")], [true, true]);
  choices.learn({ silent: "offer", unshown: "", ...hours });
  assert.deepEqual([choices.maySound("offer"), choices.mayShow("offer")], [false, true]);
  time.now = at("07:00:00");
  assert.equal(choices.maySound("joined"), true);
});
