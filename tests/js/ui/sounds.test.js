import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { OFFER, Sounds, TURN } from "../../../static/js/ui/sounds.js";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

function storage(kept = {}) {
  return { getItem: (name) => kept[name] ?? null, setItem: (name, value) => (kept[name] = value), kept };
}

/** What a browser offers; `isAllowed`: whether the page may sound. */
function audio(isAllowed) {
  const heard = [];
  const node = (more = {}) => ({ connect: (next) => next, ...more });
  return {
    heard,
    currentTime: 10,
    state: isAllowed ? "running" : "suspended",
    destination: {},
    // A browser that does not allow it never answers.
    resume: () => new Promise(() => {}),
    createGain: () => node({ gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} } }),
    createOscillator: () => node({ frequency: { value: 0 }, start: (at) => heard.push(at), stop() {} }),
  };
}

/** Let what waits for a timer go on, until it answers. */
async function soon(promise) {
  let isDone = false;
  promise.finally(() => (isDone = true));
  while (!isDone) {
    await new Promise(setImmediate);
    mock.timers.tick(100);
  }
  return promise;
}

test("a sound is heard, and answers when it is over", async () => {
  const speaker = audio(true);
  const sounds = new Sounds(storage(), () => speaker);
  assert.equal(await soon(sounds.play(TURN)), true);
  assert.deepEqual(
    speaker.heard.map((at) => Math.round(100 * (at - 10))),
    [0, 16, 32],
  );
});

test("who has switched sounds off hears none, on the next page either", async () => {
  const speaker = audio(true);
  const device = storage();
  new Sounds(device, () => speaker).isOn = false;
  const sounds = new Sounds(device, () => speaker);
  assert.equal(await soon(sounds.play(OFFER)), false);
  assert.deepEqual(speaker.heard, []);
  sounds.isOn = true;
  assert.equal(await soon(sounds.play(OFFER)), true);
});

test("a page that may not sound says so, and waits for nothing", async () => {
  const speaker = audio(false);
  const sounds = new Sounds(storage(), () => speaker);
  assert.equal(await soon(sounds.canSound()), false);
  assert.equal(await soon(sounds.play(OFFER)), false);
  assert.deepEqual(speaker.heard, []);
});

test("a press lets the page sound only while sounds are on", () => {
  const device = storage();
  let made = 0;
  const sounds = new Sounds(device, () => (made++, audio(true)));
  sounds.isOn = false;
  assert.equal(sounds.wake(), false);
  assert.equal(made, 0);
  sounds.isOn = true;
  assert.equal(sounds.wake(), true);
});

test("a press that the browser does not count is not the last one that is tried", () => {
  assert.equal(new Sounds(storage(), () => audio(false)).wake(), false);
});
