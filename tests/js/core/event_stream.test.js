import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Clock } from "../../../static/js/core/clock.js";
import { EventStream } from "../../../static/js/core/event_stream.js";
import { FakeSocket, last } from "./fake_socket.js";

const WAIT = 100;

function follow({ after = 0, ...options } = {}) {
  const surroundings = new EventTarget();
  const backoff = { next: () => WAIT, reset: mock.fn() };
  const stream = new EventStream("/ws/", {
    after,
    page: "p",
    secret: "s",
    Socket: FakeSocket,
    surroundings,
    backoff,
    ...options,
  });
  const told = [];
  const names = [
    "event",
    "signal",
    "refused",
    "following",
    "lost",
    "reload",
    "signed-out",
    "forbidden",
    "missing",
    "opened-elsewhere",
    "over",
  ];
  names.forEach((name) => stream.on(name, (detail) => told.push([name, detail])));
  stream.open();
  last().accept().say({ frame: "following", seq: after });
  return {
    stream,
    told,
    surroundings,
    names: () => told.map(([name]) => name),
    seqs: () => told.filter(([name]) => name === "event").map(([, event]) => event.seq),
  };
}

beforeEach(() => {
  FakeSocket.opened = [];
  mock.timers.enable({ apis: ["setTimeout"] });
});
afterEach(() => mock.timers.reset());

test("says where the page is as soon as the socket is open", () => {
  follow({ after: 17 });
  assert.deepEqual(last().sent, [{ frame: "follow", after: 17, page: "p", secret: "s" }]);
});

test("dispatches each event, also under its own type", () => {
  const { stream, seqs } = follow();
  const said = [];
  stream.on("chat.said", ({ seq }) => said.push(seq));
  last().event(1).event(2);
  assert.deepEqual([seqs(), said, stream.seq], [[1, 2], [1, 2], 2]);
});

test("drops an event that it knows", () => {
  const { seqs } = follow({ after: 2 });
  last().event(1).event(2).event(3).event(3);
  assert.deepEqual(seqs(), [3]);
});

test("takes a withheld event for no gap", () => {
  const { seqs } = follow();
  last().event(1).event(5, 1).event(6, 5);
  assert.deepEqual(seqs(), [1, 5, 6]);
});

test("starts from a position that lies after the last visible event", () => {
  const { seqs } = follow({ after: 4 });
  last().event(5, 2);
  assert.deepEqual(seqs(), [5]);
});

test("asks again from where it is when an event is missing", () => {
  const { seqs } = follow();
  last().event(1).event(3);
  mock.timers.tick(WAIT);
  assert.equal(FakeSocket.opened.length, 2);
  last().accept();
  assert.equal(last().sent[0].after, 1);
  last().say({ frame: "following", seq: 1 }).event(2).event(3);
  assert.deepEqual(seqs(), [1, 2, 3]);
});

test("comes back after a lost connection and resumes", () => {
  const { told } = follow();
  last().event(1);
  last().end(1006);
  assert.deepEqual(told.at(-1), ["lost", { code: 1006, wait: WAIT }]);
  mock.timers.tick(WAIT - 1);
  assert.equal(FakeSocket.opened.length, 1);
  mock.timers.tick(1);
  assert.equal(last().accept().sent[0].after, 1);
});

for (const [code, end] of [
  [4401, "signed-out"],
  [4403, "forbidden"],
  [4404, "missing"],
  [4409, "opened-elsewhere"],
  [4410, "over"],
]) {
  test(`takes ${code} as final and says ${end}`, () => {
    const { told, surroundings } = follow();
    last().end(code);
    mock.timers.tick(1_000_000);
    surroundings.dispatchEvent(new Event("online"));
    assert.deepEqual([told.at(-1), FakeSocket.opened.length], [[end, { code }], 1]);
  });
}

for (const code of [1000, 1006, 1011, 1012, 1013, 4400, 4408, 4413, 4429]) {
  test(`comes back after ${code}`, () => {
    follow();
    last().end(code);
    mock.timers.tick(WAIT);
    assert.equal(FakeSocket.opened.length, 2);
  });
}

test("stops and says so when the page has to be reloaded", () => {
  const { names } = follow();
  last().say({ frame: "reload" });
  last().end(1000);
  mock.timers.tick(1_000_000);
  assert.deepEqual([names().at(-1), FakeSocket.opened.length], ["reload", 1]);
});

test("pings in silence", () => {
  follow();
  mock.timers.tick(20_000);
  assert.deepEqual(last().sent.at(-1), { frame: "ping" });
});

/** A computer whose clock is wrong, and goes on by hand. */
function clockAt(local) {
  const time = { local };
  return { time, clock: new Clock(() => time.local) };
}

test("learns the server's time from its answers", () => {
  const { time, clock } = clockAt(5_000);
  follow({ clock });
  last().end(1006);
  mock.timers.tick(WAIT);
  last().accept();
  time.local += 200;
  last().say({ frame: "following", seq: 0, now: new Date(1_000_000).toISOString() });
  assert.equal(clock.now, 1_000_100);
  mock.timers.tick(20_000);
  time.local += 40;
  last().say({ frame: "pong", now: new Date(2_000_000).toISOString() });
  assert.equal(clock.now, 2_000_020);
});

test("of two pings under way, takes the time since the first", () => {
  const { time, clock } = clockAt(5_000);
  const { surroundings } = follow({ clock });
  surroundings.dispatchEvent(new Event("online"));
  time.local += 1_000;
  surroundings.dispatchEvent(new Event("pageshow"));
  last().say({ frame: "pong", now: new Date(1_000_000).toISOString() });
  last().say({ frame: "pong", now: new Date(9_000_000).toISOString() });
  assert.equal(clock.now, 1_000_500);
});

test("an event's time is not in the future", () => {
  const { clock } = clockAt(5_000);
  follow({ clock });
  last().say({
    frame: "event",
    seq: 1,
    after: 0,
    type: "chat.said",
    data: {},
    actor: null,
    at: new Date(70_000).toISOString(),
  });
  assert.equal(clock.now, 70_000);
});

test("sends signals while it follows, and says when it could not", () => {
  const { stream } = follow();
  assert.equal(stream.signal("rtc.candidate", { a: 1 }, "participant.2"), true);
  assert.deepEqual(last().sent.at(-1), { frame: "signal", type: "rtc.candidate", to: "participant.2", data: { a: 1 } });
  last().end(1006);
  assert.equal(stream.signal("rtc.candidate", {}), false);
});

test("dispatches signals, also under their own type, and refusals", () => {
  const { stream, told } = follow();
  const typed = [];
  stream.on("signal:typing", ({ from }) => typed.push(from.key));
  last().say({ frame: "signal", type: "typing", from: { key: "carol", name: "Carol" }, data: null });
  last().say({ frame: "refused", code: "forbidden", message: "No." });
  assert.deepEqual(
    [typed, told.map(([name]) => name).slice(-2), told.at(-1)[1].code],
    [["carol"], ["signal", "refused"], "forbidden"],
  );
});

test("is quiet once closed", () => {
  const { stream, surroundings, seqs } = follow();
  const socket = last();
  stream.close();
  socket.event(1);
  surroundings.dispatchEvent(new Event("online"));
  mock.timers.tick(1_000_000);
  assert.deepEqual([seqs(), socket.closed, FakeSocket.opened.length], [[], true, 1]);
});
