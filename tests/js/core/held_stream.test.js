import assert from "node:assert/strict";
import { test } from "node:test";

import { HeldStream } from "../../../static/js/core/held_stream.js";

function held() {
  const stream = new HeldStream("/ws/", { after: 0, Socket: /** @type {any} */ (class {}) });
  const heard = [];
  for (const type of [
    "event",
    "chat.said",
    "following",
    "lost",
    "signal:rtc.offer",
    "opened-elsewhere",
    "over",
    "session.ended",
  ]) {
    stream.on(type, (detail) => heard.push(detail?.seq ? `${type} ${detail.seq}` : type));
  }
  const tell = (type, detail) => stream.emit(type, detail);
  return { stream, heard, tell, say: (seq) => tell("chat.said", { seq, after: seq - 1, type: "chat.said" }) };
}

test("keeps what it hears until the room listens, and leaves out what the room was drawn with", () => {
  const { stream, heard, say } = held();
  [1, 2, 3, 4].forEach(say);
  assert.deepEqual(heard, []);
  stream.release(2);
  assert.deepEqual(heard, ["chat.said 3", "chat.said 4"]);
  say(5);
  assert.equal(heard.at(-1), "chat.said 5");
});

test("leaves out what it hears later of what the room was drawn with", () => {
  const { stream, heard, say } = held();
  stream.release(2);
  [1, 2, 3].forEach(say);
  assert.deepEqual(heard, ["chat.said 3"]);
});

test("tells the last word about the connection, and that another tab has taken over", () => {
  const { stream, heard, tell } = held();
  ["following", "lost", "following"].forEach((type) => tell(type, {}));
  tell("opened-elsewhere");
  stream.release(0);
  assert.deepEqual(heard, ["following", "opened-elsewhere"]);
});

test("forgets what a room that is asked for now will show, but not how the connection is", () => {
  const { stream, heard, tell, say } = held();
  tell("following", {});
  say(1);
  stream.forget();
  say(2);
  stream.release(1);
  assert.deepEqual(heard, ["following", "chat.said 2"]);
});

test("keeps no signal, which is worth nothing later", () => {
  const { stream, heard, tell } = held();
  tell("signal:rtc.offer", {});
  stream.release(0);
  assert.deepEqual(heard, []);
});

test("tells at once that the session is over", () => {
  const { heard, tell } = held();
  tell("session.ended", { seq: 9, after: 8, type: "session.ended" });
  tell("over");
  assert.deepEqual(heard, ["session.ended 9", "over"]);
});
