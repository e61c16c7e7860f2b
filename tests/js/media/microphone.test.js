import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Microphone } from "../../../static/js/media/microphone.js";

/** A browser that hears the same loudness all the time. */
class LoudContext {
  createAnalyser = () => ({ getFloatTimeDomainData: (samples) => samples.fill(0.5) });
  createMediaStreamSource = () => ({ connect: () => {} });
  close = () => {};
}

class Track extends EventTarget {
  enabled = true;
  readyState = "live";
  stop = () => (this.readyState = "ended");
  pullOut() {
    this.stop();
    this.dispatchEvent(new Event("ended"));
  }
}

function streamOf(track) {
  return { getTracks: () => [track], getAudioTracks: () => [track] };
}

function use(microphone) {
  const track = new Track();
  microphone.use(streamOf(track));
  return track;
}

function listened() {
  const microphone = new Microphone();
  const gone = [];
  microphone.on("gone", () => gone.push(microphone.isGone));
  return { microphone, gone };
}

beforeEach(() => (globalThis.AudioContext = LoudContext));
afterEach(() => delete globalThis.AudioContext);

test("is heard until it is muted, and then neither sends nor shows a level", () => {
  const { microphone } = listened();
  const track = use(microphone);
  assert.deepEqual([microphone.level, track.enabled], [0.5, true]);
  microphone.toggleMute();
  assert.deepEqual([microphone.level, microphone.isSilent, track.enabled], [0, true, false]);
});

test("stays muted when it is changed for another one, and the old one is let go", () => {
  const { microphone, gone } = listened();
  const first = use(microphone);
  microphone.toggleMute();
  const second = use(microphone);
  assert.deepEqual([first.readyState, second.enabled, gone], ["ended", false, []]);
});

test("tells once that it was pulled out, and of one that is no longer in use not at all", () => {
  const { microphone, gone } = listened();
  const first = use(microphone);
  const second = use(microphone);
  first.pullOut();
  assert.deepEqual([microphone.isGone, gone], [false, []]);
  second.pullOut();
  second.pullOut();
  assert.deepEqual([microphone.isGone, microphone.level, gone], [true, 0, [true]]);
});

test("is gone from the beginning if it was pulled out meanwhile", () => {
  const { microphone } = listened();
  const track = new Track();
  track.stop();
  microphone.use(streamOf(track));
  assert.equal(microphone.isGone, true);
});

test("begins again in the next call", () => {
  const { microphone } = listened();
  const track = use(microphone);
  microphone.toggleMute();
  microphone.stop();
  assert.deepEqual([microphone.stream, microphone.isMuted, track.readyState], [null, false, "ended"]);
});
