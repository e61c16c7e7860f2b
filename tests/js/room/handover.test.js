import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Emitter } from "../../../static/js/core/emitter.js";
import { Handover } from "../../../static/js/room/handover.js";

const TEXTS = {
  textHelps: "{to} helps",
  textHelpsStopped: "{to} helps, stopped by {from}",
  textLostStopped: "{to} helps, {from} was lost",
  textReleasedStopped: "stopped, {from} went",
};

let stream;
let note;

beforeEach(() => {
  stream = new Emitter();
  const parts = { "[data-handover-words]": { textContent: "" }, "[data-handover-close]": new EventTarget() };
  note = { dataset: TEXTS, hidden: true, parts, querySelector: (selector) => parts[selector] };
  new Handover(note, stream);
});

const stops = (kind, reason) => stream.emit("activity.stopped", { data: { kind, reason } });
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

test("does not say of a request that it was shared, unless it was allowed", () => {
  stream.emit("activity.requested", { data: { activity: 1 } });
  stream.emit("activity.stopped", { data: { activity: 1, kind: "view_desktop", reason: "control_transferred" } });
  passes();
  assert.equal(told(), "Bilal helps");
  stream.emit("activity.requested", { data: { activity: 2 } });
  stream.emit("activity.allowed", { data: { activity: 2 } });
  stream.emit("activity.stopped", { data: { activity: 2, kind: "view_desktop", reason: "control_transferred" } });
  passes();
  assert.equal(told(), "Bilal helps, stopped by Amal");
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
  stream.emit("activity.requested", { data: {} });
  assert.equal(told(), "");
});
