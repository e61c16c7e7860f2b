import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Emitter } from "../../../static/js/core/emitter.js";
import { HandedOver } from "../../../static/js/room/handed_over.js";

let kept, stream, region, close, arrived, recalled;

beforeEach(() => {
  kept = {};
  globalThis.sessionStorage = {
    getItem: (name) => kept[name] ?? null,
    setItem: (name, value) => (kept[name] = value),
  };
  open();
});
afterEach(() => delete globalThis.sessionStorage);

/** The page, as it is after a reload too. */
function open() {
  stream = new Emitter();
  recalled = [];
  arrived = null;
  close = new EventTarget();
  const inside = { "[data-arrived]": () => arrived };
  region = Object.assign(new EventTarget(), { querySelector: (name) => inside[name]?.() ?? null });
  const parts = { "[data-handover-place]": region, "[data-control-close]": close };
  const root = { querySelector: (name) => parts[name] ?? null };
  const notice = { recall: (why, from) => recalled.push(`${why} ${from}`) };
  const room = { root, key: "k", stream, regions: { refresh: () => {} } };
  new HandedOver(room, new Emitter(), { notice, notes: null });
}

function isDrawn(handover) {
  arrived = { dataset: { handover, why: "transferred", from: "Amal", note: "0" } };
  region.dispatchEvent(new Event("region:refreshed"));
}

const passes = () => stream.emit("control.transferred", { data: {} });
const closes = () => close.dispatchEvent(new Event("click"));

test("what has been closed is not told again, after a reload either", () => {
  isDrawn("7");
  assert.deepEqual(recalled, ["transferred Amal"]);
  closes();
  open();
  isDrawn("7");
  assert.deepEqual(recalled, []);
});

test("what is closed before its hand-over has been drawn is not told again", () => {
  isDrawn("");
  recalled.length = 0;
  passes();
  closes();
  isDrawn("7");
  assert.deepEqual(recalled, []);
  open();
  isDrawn("7");
  assert.deepEqual(recalled, []);
});

test("the next hand-over is told", () => {
  passes();
  closes();
  isDrawn("7");
  passes();
  isDrawn("9");
  assert.deepEqual(recalled, ["transferred Amal"]);
});
