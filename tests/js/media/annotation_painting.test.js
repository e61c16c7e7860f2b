import assert from "node:assert/strict";
import { test } from "node:test";

import { colourOf, frameOf, placeIn } from "../../../static/js/media/annotation_painting.js";

const wide = { width: 400, height: 100 };
const picture = { width: 100, height: 100 };

test("a picture lies in the middle of its box", () => {
  assert.deepEqual(frameOf(wide, picture), { left: 150, top: 0, width: 100, height: 100 });
});

test("a place is told in parts of the picture, and beside it there is none", () => {
  assert.deepEqual(placeIn(wide, picture, 200, 50), [0.5, 0.5]);
  assert.equal(placeIn(wide, picture, 100, 50), null);
});

test("everybody has one colour on every page", () => {
  assert.equal(colourOf("participant.7"), colourOf("participant.7"));
  assert.notEqual(colourOf("participant.7"), colourOf("participant.8"));
});
