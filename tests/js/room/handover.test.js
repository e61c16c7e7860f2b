import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Emitter } from "../../../static/js/core/emitter.js";
import { LiveActivities } from "../../../static/js/media/live_activities.js";
import { Handover } from "../../../static/js/room/handover.js";

const TEXTS = {
  textHelps: "{to} helps",
  textHelpsStopped: "{to} helps, stopped by {from}",
  textLostStopped: "{to} helps, {from} was lost",
  textReleasedStopped: "stopped, {from} went",
};

let stream;
let note;
let activities;

beforeEach(() => {
  stream = new Emitter();
  const parts = { "[data-handover-words]": { textContent: "" }, "[data-handover-close]": new EventTarget() };
  note = { dataset: TEXTS, hidden: true, parts, querySelector: (selector) => parts[selector] };
  activities = new LiveActivities([], {}, stream);
  new Handover(note, stream, activities);
});

const happens = (type, data) => stream.emit(type, { type, data });
/** Something that ran. */
const stops = (kind, reason) => {
  happens("activity.started", { activity: 7, kind, details: {} });
  happens("activity.stopped", { activity: 7, kind, reason });
};
const passes = (why = "transferred") =>
  stream.emit("control.transferred", { data: { from_name: "Amal", to_name: "Bilal", why } });
const told = () => (note.hidden ? "" : note.parts["[data-handover-words]"].textContent);

test("says who helps now, and why sharing stopped only if it did", () => {
  passes();
  assert.equal(told(), "Bilal helps");
  for (const kind of ["view_desktop", "video", "share_application"]) {
    stops(kind, "control_transferred");
    passes();
    assert.equal(told(), "Bilal helps, stopped by Amal");
  }
  stops("files", "control_transferred");
  stops("view_desktop", "stopped");
  passes();
  assert.equal(told(), "Bilal helps");
});

for (const [what, types] of [
  ["was asked", ["activity.requested"]],
  ["was allowed", ["activity.requested", "activity.allowed"]],
]) {
  test(`does not say that sharing stopped of what ${what} and never began`, () => {
    const view = { activity: 1, kind: "view_desktop" };
    for (const type of types) happens(type, view);
    happens("activity.stopped", { ...view, reason: "control_transferred" });
    passes();
    assert.equal(told(), "Bilal helps");
  });
}

test("says it of what ran when the page was loaded, and of nothing that had only been allowed then", () => {
  for (const [state, words] of Object.entries({ running: "Bilal helps, stopped by Amal", allowed: "Bilal helps" })) {
    stream = new Emitter();
    activities = new LiveActivities([{ activity: 3, kind: "view_desktop", state }], {}, stream);
    new Handover(note, stream, activities);
    happens("activity.stopped", { activity: 3, kind: "view_desktop", reason: "control_transferred" });
    passes();
    assert.equal(told(), words);
  }
});

test("names a lost connection, and not a transfer, as the reason", () => {
  stops("video", "control_transferred");
  passes("vanished");
  assert.equal(told(), "Bilal helps, Amal was lost");
});

test("says why sharing stopped when nobody is in control yet, and then who accepted", () => {
  stops("view_desktop", "relinquished");
  stream.emit("control.released", { data: { from_name: "Amal" } });
  assert.equal(told(), "stopped, Amal went");
  passes("accepted");
  assert.equal(told(), "Bilal helps");
  stream.emit("control.released", { data: { from_name: "Bilal" } });
  assert.equal(told(), "");
});

test("goes when it is closed or something is asked again", () => {
  passes();
  note.parts["[data-handover-close]"].dispatchEvent(new Event("click"));
  assert.equal(told(), "");
  passes();
  happens("activity.requested", { activity: 9 });
  assert.equal(told(), "");
});
