import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Emitter } from "../../../static/js/core/emitter.js";
import { ControlNotice } from "../../../static/js/room/control_notice.js";

const ME = 1;
const TEXTS = {
  textPrimaryFor: "primary for {customer}",
  textPrimary: "primary",
  textGiven: "by {from}",
  textReturned: "returned by {from}",
  textVanished: "{from} was lost",
  textTransferred: "to {to}",
  textTakenOver: "{to} took over",
  textAsks: "{name} asks",
  textAsked: "asked",
};

let notice, stream, note, root, unread, forms, close, said;

function open({ hidden = true, inControl = false, helped = "Carol" } = {}) {
  stream = new Emitter();
  said = [];
  unread = { count: 0, add: () => (unread.count += 1) };
  forms = ["ask", "return"].map((controlAct) => ({ hidden: true, dataset: { controlAct } }));
  close = new EventTarget();
  const parts = { "[data-control-words]": { textContent: "drawn" }, "[data-control-close]": close };
  note = { dataset: TEXTS, hidden, parts, querySelector: (name) => parts[name], querySelectorAll: () => forms };
  const inside = { "[data-helped]": helped && { textContent: helped }, "[data-in-control]": inControl ? {} : null };
  root = { dataset: { meId: String(ME) }, hidden: false, querySelector: (name) => inside[name] || null };
  notice = new ControlNotice(note, { root, stream, unread }, (words) => said.push(words));
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.document = { querySelector: () => null };
  open();
});

const passes = (from, to, why = "transferred") =>
  stream.emit("control.transferred", { data: { from, from_name: "Amal", to, to_name: "Bilal", why } });
const asks = (participant) => stream.emit("control.asked_back", { data: { participant, name: "Amal" } });
const told = () => (note.hidden ? "" : note.parts["[data-control-words]"].textContent.replace(/[\u2066-\u2069]/g, ""));
const offered = () => forms.filter((form) => !form.hidden).map((form) => form.dataset.controlAct);

test("tells the new primary for whom, from whom and how, where nobody looks too", () => {
  passes(2, ME);
  assert.deepEqual([told(), offered(), unread.count], ["primary for Carol by Amal", [], 1]);
  passes(2, ME, "returned");
  assert.equal(told(), "primary for Carol returned by Amal");
  passes(2, ME, "vanished");
  assert.equal(told(), "primary for Carol Amal was lost");
  open({ helped: "" });
  passes(2, ME);
  assert.equal(told(), "primary by Amal");
});

test("tells the former primary where control went, who may ask for it back after a transfer alone", () => {
  passes(ME, 2);
  assert.deepEqual([told(), offered(), unread.count], ["to Bilal", ["ask"], 0]);
  passes(ME, 2, "returned");
  assert.deepEqual([told(), offered()], ["to Bilal", []]);
});

test("tells the former primary who has taken over, where nobody looks too", () => {
  passes(ME, 2, "taken_over");
  assert.deepEqual([told(), offered(), unread.count], ["Bilal took over", ["ask"], 1]);
});

test("says it where another session is looked at", () => {
  passes(2, ME);
  assert.deepEqual(said, []);
  root.hidden = true;
  passes(2, ME, "vanished");
  assert.equal(said.length, 1);
});

test("is not for others", () => {
  passes(2, 3);
  assert.equal(told(), "");
  asks(2);
  assert.equal(told(), "");
});

test("has the primary return control to who asks, and tells these that they have asked", () => {
  open({ inControl: true });
  asks(2);
  assert.deepEqual([told(), offered(), unread.count], ["Amal asks", ["return"], 1]);
  open();
  asks(ME);
  assert.deepEqual([told(), offered()], ["asked", []]);
});

test("knows who is in control before the page is drawn again", () => {
  passes(2, ME);
  asks(2);
  assert.deepEqual(offered(), ["return"]);
  passes(ME, 2, "returned");
  asks(3);
  assert.equal(told(), "to Bilal");
});

test("closes when control moves on without one, by its button, and after two minutes", () => {
  passes(ME, 2);
  passes(2, 3);
  assert.equal(told(), "");
  passes(ME, 2);
  close.dispatchEvent(new Event("click"));
  assert.equal(told(), "");
  passes(ME, 2);
  mock.timers.tick(119_000);
  assert.equal(told(), "to Bilal");
  mock.timers.tick(1_000);
  assert.equal(told(), "");
  open({ hidden: false });
  assert.equal(told(), "drawn");
  mock.timers.tick(120_000);
  assert.equal(told(), "");
});

test("what a page has missed is told as it would have been, unless something else is shown or control went on", () => {
  open({ inControl: true });
  notice.recall("returned", "Amal");
  assert.deepEqual([told(), unread.count], ["primary for Carol returned by Amal", 0]);
  notice.recall("transferred", "Dana");
  assert.equal(told(), "primary for Carol returned by Amal");
  open({ inControl: false });
  notice.recall("transferred", "Amal");
  assert.equal(told(), "");
});
