import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Emitter } from "../../../static/js/core/emitter.js";
import { Signalling } from "../../../static/js/rtc/signalling.js";

class FakeStream extends Emitter {
  sent = [];

  signal(type, data, to = null) {
    this.sent.push({ type, data, to });
  }

  hear(type, from, data) {
    this.emit(`signal:${type}`, { from: { key: from, name: from }, data });
  }
}

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

test("gathers candidates into one signal for each addressee", () => {
  const stream = new FakeStream();
  const signalling = new Signalling(stream, "mine");
  for (const candidate of ["a", "b"]) signalling.candidate("participant.1", "theirs", { candidate });
  signalling.candidate("participant.2", "other", { candidate: "c" });
  assert.equal(stream.sent.length, 0);

  mock.timers.tick(60);

  assert.deepEqual(stream.sent, [
    {
      type: "rtc.candidate",
      to: "participant.1",
      data: { page: "mine", for: "theirs", candidates: [{ candidate: "a" }, { candidate: "b" }] },
    },
    {
      type: "rtc.candidate",
      to: "participant.2",
      data: { page: "mine", for: "other", candidates: [{ candidate: "c" }] },
    },
  ]);
});

test("hears nothing that was meant for an earlier load of the page", () => {
  const stream = new FakeStream();
  const heard = [];
  new Signalling(stream, "new").on("description", ({ sdp }) => heard.push(sdp));
  stream.hear("rtc.description", "participant.1", { page: "p", for: "old", type: "offer", sdp: "late" });
  stream.hear("rtc.description", "participant.1", { page: "p", for: "new", type: "offer", sdp: "timely" });

  assert.deepEqual(heard, ["timely"]);
});
