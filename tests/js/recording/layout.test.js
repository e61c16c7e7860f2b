import assert from "node:assert/strict";
import { test } from "node:test";

import { HEIGHT, WIDTH, fit, layout } from "../../../static/js/recording/layout.js";

const inside = (box, room) =>
  box.x >= room.x &&
  box.y >= room.y &&
  box.x + box.width <= room.x + room.width + 0.01 &&
  box.y + box.height <= room.y + room.height + 0.01;
const apart = (a, b) => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

for (const hasShare of [true, false]) {
  for (const cameras of [0, 1, 2, 3, 5, 6]) {
    test(`${cameras} cameras ${hasShare ? "beside a share" : "alone"} stand apart in the picture`, () => {
      const places = layout({ hasShare, cameras });
      const all = [places.bar, places.share, ...places.cameras].filter(Boolean);
      assert.equal(places.cameras.length, cameras);
      assert.equal(Boolean(places.share), hasShare);
      for (const box of all) assert.ok(inside(box, { x: 0, y: 0, width: WIDTH, height: HEIGHT }), JSON.stringify(box));
      all.forEach((box, n) =>
        all.slice(n + 1).forEach((other) => assert.ok(apart(box, other), JSON.stringify([box, other]))),
      );
      for (const box of all) assert.ok(box.width > 0 && box.height > 0);
    });
  }
}

test("a share has most of the picture", () => {
  const { share } = layout({ hasShare: true, cameras: 3 });
  assert.ok(share.width > WIDTH * 0.8);
});

test("a picture keeps its shape, in the middle", () => {
  assert.deepEqual(fit(100, 100, { x: 10, y: 0, width: 400, height: 200 }), { x: 110, y: 0, width: 200, height: 200 });
  assert.deepEqual(fit(400, 100, { x: 0, y: 0, width: 200, height: 200 }), { x: 0, y: 75, width: 200, height: 50 });
});
