import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { deviceStorage } from "../../../static/js/core/device_storage.js";
import { Bell, TONES } from "../../../static/js/notifications/bell.js";

const JOINED = { kind: "joined", id: "s-1", tag: "s-joined", text: "Carol has joined", url: "/sessions/s/" };
let heard;
let shown;

beforeEach(() => {
  [heard, shown] = [[], []];
  mock.timers.enable({ apis: ["Date", "setTimeout"], now: 1_000_000 });
});
afterEach(() => mock.timers.reset());

/** A page of its own; all of them are on one device. Each test has names of its own, since the device remembers. */
function page({ isAllowed = true, isOn = true, canSound = isOn, silent = [], unshown = [] } = {}) {
  const notifier = { isAllowed, show: async (text, tag, manner) => void shown.push({ text, tag, ...manner }) };
  const sounds = { isOn, canSound: async () => canSound, play: async (tones) => heard.push(tones) > 0 };
  const choices = { maySound: (kind) => !silent.includes(kind), mayShow: (kind) => !unshown.includes(kind) };
  return new Bell(notifier, { choices, sounds });
}

const hidden = { isHidden: true };
const ring = (id, more = {}) => ({ ...JOINED, id, tag: id, ...more });

test("a page out of sight sounds and shows", async () => {
  await page().ring(ring("a"), hidden);
  assert.deepEqual(heard, [TONES.joined]);
  assert.deepEqual(shown, [
    { text: "Carol has joined", tag: "a", url: "/sessions/s/", isBeside: false, isSilent: true, isAgain: false },
  ]);
});

test("a page that is looked at sounds alone", async () => {
  await page().ring(ring("b"), { isHidden: false });
  assert.deepEqual([heard.length, shown.length], [1, 0]);
});

test("of three tabs one rings", async () => {
  const tabs = [page(), page(), page()];
  await Promise.all(tabs.map((tab) => tab.ring(ring("c"), hidden)));
  assert.deepEqual([heard.length, shown.length], [1, 1]);
});

test("a tab that the others' claims have not reached yet does not ring, too", async () => {
  await page().ring(ring("late"), hidden);
  deviceStorage.setItem("rung", "");
  await page().ring(ring("late"), hidden);
  assert.deepEqual([heard.length, shown.length], [1, 1]);
});

test("a tab that can do nothing leaves it to one that can", async () => {
  await page({ isAllowed: false, canSound: false }).ring(ring("d"), hidden);
  assert.deepEqual([heard.length, shown.length], [0, 0]);
  await page().ring(ring("d"), hidden);
  assert.deepEqual([heard.length, shown.length], [1, 1]);
});

test("what is silent is shown without a sound, the browser's own too", async () => {
  await page({ silent: ["joined"] }).ring(ring("e"), hidden);
  assert.equal(heard.length, 0);
  assert.equal(shown[0].isSilent, true);
});

test("where the page may not sound, the browser does", async () => {
  await page({ canSound: false }).ring(ring("f"), hidden);
  assert.equal(shown[0].isSilent, false);
});

test("where sounds are off, the browser makes none either", async () => {
  await page({ isOn: false }).ring(ring("i"), hidden);
  assert.equal(heard.length, 0);
  assert.equal(shown[0].isSilent, true);
});

test("what is not shown sounds", async () => {
  await page({ unshown: ["joined"] }).ring(ring("g"), hidden);
  assert.deepEqual([heard.length, shown.length], [1, 0]);
});

test("several within a moment are one, in the last one's words", async () => {
  const bell = page();
  for (const number of [1, 2, 3]) {
    await bell.ring(ring(`h-${number}`, { kind: "wrote", tag: "h", text: `line ${number}` }), hidden);
    mock.timers.tick(1_000);
  }
  assert.deepEqual(heard, [TONES.wrote]);
  assert.deepEqual(
    shown.map(({ text, tag, isAgain }) => [text, tag, isAgain]),
    [
      ["line 1", "h", false],
      ["line 2", "h", true],
      ["line 3", "h", true],
    ],
  );
  mock.timers.tick(4_000);
  await bell.ring(ring("h-4", { kind: "wrote", tag: "h" }), hidden);
  assert.equal(heard.length, 2);
  assert.equal(shown.at(-1).isAgain, false);
});

test("every kind has a tone", () => {
  assert.equal(Object.values(TONES).every((tones) => tones.length > 0), true);
});
