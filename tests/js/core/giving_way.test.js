import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { EventStream } from "../../../static/js/core/event_stream.js";
import { giveWay } from "../../../static/js/core/giving_way.js";
import { FakeSocket, last } from "./fake_socket.js";

beforeEach(() => {
  FakeSocket.opened = [];
  mock.timers.enable({ apis: ["setTimeout"] });
});
afterEach(() => mock.timers.reset());

function followed() {
  const surroundings = new EventTarget();
  const root = { dataset: { connection: "connecting" } };
  const page = { visibilityState: "visible" };
  const stream = new EventStream("/ws/", { after: 0, page: "p", Socket: FakeSocket, surroundings });
  giveWay(root, stream, { surroundings, page });
  stream.open();
  last().accept().say({ frame: "following", seq: 0, now: new Date().toISOString() });
  return { root, page, turnTo: (type) => surroundings.dispatchEvent(new Event(type)) };
}

test("a tab that gave way stays away by itself", () => {
  const { root } = followed();
  assert.equal(root.dataset.connection, "live");
  last().end(4409);
  mock.timers.tick(600_000);
  assert.equal(root.dataset.connection, "elsewhere");
  assert.equal(FakeSocket.opened.length, 1);
});

test("it comes back, once, when the person turns to it", () => {
  const { root, page, turnTo } = followed();
  last().end(4409);
  page.visibilityState = "hidden";
  turnTo("visibilitychange");
  assert.equal(FakeSocket.opened.length, 1);

  page.visibilityState = "visible";
  turnTo("visibilitychange");
  turnTo("focus");
  assert.equal(FakeSocket.opened.length, 2);
  last().accept().say({ frame: "following", seq: 0, now: new Date().toISOString() });
  assert.equal(root.dataset.connection, "live");
});

test("a tab that has its place opens no other socket", () => {
  const { turnTo } = followed();
  turnTo("focus");
  assert.equal(FakeSocket.opened.length, 1);
});
