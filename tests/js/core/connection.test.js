import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Connection } from "../../../static/js/core/connection.js";
import { FakeSocket, last } from "./fake_socket.js";

const WAIT = 100;

/** One whose first question has been answered. */
function connect() {
  const surroundings = new EventTarget();
  const backoff = { next: () => WAIT, reset: mock.fn() };
  const connection = new Connection("/ws/", { Socket: FakeSocket, surroundings, backoff });
  const told = [];
  for (const name of ["open", "message", "silent", "closed", "lost"]) {
    connection.on(name, (detail) => told.push([name, detail]));
  }
  connection.open();
  last().accept();
  connection.settle();
  const count = (name) => told.filter(([each]) => each === name).length;
  return { connection, surroundings, backoff, told, count };
}

beforeEach(() => {
  FakeSocket.opened = [];
  mock.timers.enable({ apis: ["setTimeout"] });
});
afterEach(() => mock.timers.reset());

test("tells what it hears, and sends what it is given", () => {
  const { connection, told } = connect();
  last().say({ frame: "pong" });
  connection.send({ frame: "ping" });
  assert.deepEqual(told, [
    ["open", null],
    ["message", '{"frame":"pong"}'],
  ]);
  assert.deepEqual([last().url, last().sent], ["/ws/", [{ frame: "ping" }]]);
});

test("leaves it to others what a close code means", () => {
  const { connection, told } = connect();
  last().end(4410);
  assert.deepEqual(told.at(-1), ["closed", { code: 4410 }]);
  mock.timers.tick(WAIT);
  assert.equal(FakeSocket.opened.length, 1);
  connection.lose(4410);
  assert.deepEqual(told.at(-1), ["lost", { code: 4410, wait: WAIT }]);
  mock.timers.tick(WAIT);
  assert.equal(FakeSocket.opened.length, 2);
});

test("hears no more of a socket that it has given up", () => {
  const { connection, told } = connect();
  const first = last();
  connection.lose();
  first.say({ frame: "pong" });
  first.end(1000);
  mock.timers.tick(WAIT);
  assert.deepEqual(
    [told.map(([name]) => name), FakeSocket.opened.length, first.closed],
    [["open", "lost"], 2, true],
  );
});

test("is settled until it is lost, and again when it is answered", () => {
  const { connection } = connect();
  assert.equal(connection.isSettled, true);
  connection.lose();
  mock.timers.tick(WAIT);
  last().accept();
  assert.equal(connection.isSettled, false);
  connection.settle();
  assert.equal(connection.isSettled, true);
});

test("asks in silence, and believes in the socket while it answers", () => {
  const { count } = connect();
  mock.timers.tick(19_999);
  assert.equal(count("silent"), 0);
  mock.timers.tick(1);
  assert.equal(count("silent"), 1);
  last().say({ frame: "pong" });
  mock.timers.tick(19_999);
  assert.deepEqual([count("silent"), FakeSocket.opened.length], [1, 1]);
});

test("gives up a socket that does not answer", () => {
  const { told } = connect();
  mock.timers.tick(20_000);
  mock.timers.tick(6_000);
  assert.equal(told.at(-1)[0], "lost");
  mock.timers.tick(WAIT);
  assert.equal(FakeSocket.opened.length, 2);
});

test("gives up a socket that never opens, and one whose first question is not answered", () => {
  const { connection } = connect();
  connection.lose();
  mock.timers.tick(WAIT);
  mock.timers.tick(15_000);
  mock.timers.tick(WAIT);
  assert.equal(FakeSocket.opened.length, 3);
  last().accept();
  mock.timers.tick(15_000);
  mock.timers.tick(WAIT);
  assert.equal(FakeSocket.opened.length, 4);
});

for (const type of ["online", "offline", "visibilitychange", "pageshow"]) {
  test(`asks for a sign of life on ${type}`, () => {
    const { surroundings, told, count } = connect();
    surroundings.dispatchEvent(new Event(type));
    assert.equal(count("silent"), 1);
    mock.timers.tick(6_000);
    assert.equal(told.at(-1)[0], "lost");
  });
}

test("does not wait any longer when the network is back", () => {
  const { connection, surroundings } = connect();
  connection.lose();
  surroundings.dispatchEvent(new Event("online"));
  assert.equal(FakeSocket.opened.length, 2);
});

test("starts with short waits again only after a steady connection", () => {
  const { backoff } = connect();
  mock.timers.tick(4_999);
  assert.equal(backoff.reset.mock.callCount(), 0);
  mock.timers.tick(1);
  assert.equal(backoff.reset.mock.callCount(), 1);
});

test("is quiet once closed, and opens once only", () => {
  const { connection, surroundings, told } = connect();
  connection.open();
  assert.equal(FakeSocket.opened.length, 1);
  connection.close();
  last().say({ frame: "pong" });
  surroundings.dispatchEvent(new Event("online"));
  mock.timers.tick(1_000_000);
  assert.deepEqual([told.length, last().closed, FakeSocket.opened.length], [1, true, 1]);
});
