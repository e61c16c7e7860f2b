import assert from "node:assert/strict";
import { test } from "node:test";

import { placeBeside } from "../../../static/js/room/tour_place.js";

const CARD = { width: 350, height: 200 };
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

function box(left, top, width, height) {
  return { left, top, right: left + width, bottom: top + height };
}

test("a card stands below a part at the top, from where that begins", () => {
  assert.deepEqual(placeBeside(box(200, 10, 120, 30), CARD, DESK, false), { left: 200, top: 52 });
  assert.deepEqual(placeBeside(box(1200, 10, 120, 30), CARD, DESK, true), { left: 970, top: 52 });
});

test("it stays in the window where the part is at the edge", () => {
  assert.deepEqual(placeBeside(box(1300, 10, 120, 30), CARD, DESK, false), { left: 1440 - 350 - 8, top: 52 });
  assert.deepEqual(placeBeside(box(20, 10, 40, 30), CARD, DESK, true), { left: 8, top: 52 });
});

test("it stands above a part at the foot", () => {
  assert.deepEqual(placeBeside(box(20, 800, 300, 60), CARD, DESK, false), { left: 20, top: 588 });
});

test("it stands beside what is as high as the window, on the side where reading goes on", () => {
  assert.deepEqual(placeBeside(box(0, 48, 52, 852), CARD, DESK, false), { left: 64, top: 48 });
  assert.deepEqual(placeBeside(box(1388, 48, 52, 852), CARD, DESK, true), { left: 1026, top: 48 });
  assert.deepEqual(placeBeside(box(1120, 48, 320, 852), CARD, DESK, false), { left: 758, top: 48 });
});

test("it lies over what leaves no room beside it, where it hides least", () => {
  assert.deepEqual(placeBeside(box(0, 0, 390, 640), CARD, PHONE, false), { left: 20, top: 844 - 200 - 8 });
  assert.deepEqual(placeBeside(box(0, 200, 390, 640), CARD, PHONE, false), { left: 20, top: 8 });
});

test("it stands at the foot of the window when its part is gone", () => {
  assert.deepEqual(placeBeside(undefined, CARD, DESK, false), { left: 545, top: 692 });
});

test("a window that is smaller than the card shows where the card begins", () => {
  const small = { width: 300, height: 150 };
  assert.deepEqual(placeBeside(box(0, 0, 300, 150), CARD, small, false), { left: 8, top: 8 });
});
