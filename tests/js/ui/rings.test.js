import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Rings } from "../../../static/js/ui/rings.js";

const NOON = Date.parse("2026-05-01T12:00:00Z");
const MINUTE = 60;

class Ring {
  soon = false;
  style = { setProperty: (name, value) => (this[name] = value) };
  places = [{ textContent: "" }, { textContent: "" }];
  querySelectorAll = () => this.places;
  toggleAttribute = (name, is) => (this.soon = is);

  constructor(key, textSoon) {
    const until = new Date(NOON + MINUTE * 1000).toISOString();
    this.dataset = { ring: key, until, seconds: String(MINUTE), textSoon };
  }

  get seconds() {
    return this.places.map(({ textContent }) => textContent);
  }
}

class Region extends EventTarget {
  rings = [];
  querySelectorAll = () => this.rings;
  draw(...rings) {
    this.rings = rings;
    this.dispatchEvent(new Event("region:refreshed"));
  }
}

const region = new Region();
const said = [];
globalThis.document = {
  createElement: () => ({}),
  querySelector: () => ({ childElementCount: 1, append: ({ textContent }) => said.push(textContent) }),
};
mock.timers.enable({ apis: ["setInterval", "Date"], now: NOON });
new Rings(region);

beforeEach(() => {
  region.draw();
  mock.timers.setTime(NOON);
  said.length = 0;
});

test("runs down from its whole to nothing, and stays there", () => {
  const ring = new Ring("1");
  region.draw(ring);
  assert.deepEqual([ring["--left"], ring.seconds], ["1", ["60", "60"]]);
  mock.timers.tick(45_000);
  assert.deepEqual([ring["--left"], ring.seconds, ring.soon], ["0.25", ["15", "15"], false]);
  mock.timers.tick(60_000);
  assert.deepEqual([ring["--left"], ring.seconds, ring.soon], ["0", ["0", "0"], true]);
});

test("says once that little time is left, however often it is drawn", () => {
  region.draw(new Ring("2", "Hurry"));
  mock.timers.tick(49_000);
  assert.deepEqual(said, []);
  mock.timers.tick(1_000);
  region.draw(new Ring("2", "Hurry"));
  assert.deepEqual(said, ["Hurry"]);
});

test("is not drawn any more once it is gone", () => {
  const ring = new Ring("3");
  region.draw(ring);
  region.draw();
  mock.timers.tick(30_000);
  assert.equal(ring["--left"], "1");
});
