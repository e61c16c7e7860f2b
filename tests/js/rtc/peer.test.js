import assert from "node:assert/strict";
import { test } from "node:test";

import { Peer } from "../../../static/js/rtc/peer.js";

/** A browser's connection, of which only the order of things is told: what is asked for is done when `settle` is called. */
class FakeConnection extends EventTarget {
  static last = null;
  signalingState = "stable";
  connectionState = "connected";
  localDescription = null;
  done = [];
  #waiting = [];

  constructor() {
    super();
    FakeConnection.last = this;
  }

  setLocalDescription = () => this.#later(() => this.#local(this.signalingState === "have-remote-offer" ? "answer" : "offer"));
  setRemoteDescription = ({ type, sdp }) => this.#later(() => this.#remote(type, sdp));

  /** Do what was asked for, and what follows from it. */
  async settle() {
    while (this.#waiting.length) {
      this.#waiting.shift()();
      await new Promise(setImmediate);
    }
  }

  #later(act) {
    return new Promise((resolve) => this.#waiting.push(() => resolve(act())));
  }

  #local(type) {
    this.localDescription = { type };
    this.signalingState = type === "offer" ? "have-local-offer" : "stable";
  }

  #remote(type, sdp) {
    this.done.push(sdp);
    this.signalingState = type === "offer" ? "have-remote-offer" : "stable";
  }
}

async function offering(polite) {
  const peer = new Peer({ polite, configuration: {}, Connection: FakeConnection });
  const connection = FakeConnection.last;
  const told = [];
  peer.addEventListener("description", ({ detail }) => told.push(detail.type));
  connection.dispatchEvent(new Event("negotiationneeded"));
  await connection.settle();
  assert.deepEqual(told, ["offer"]);
  return { peer, connection, told };
}

for (const polite of [true, false]) {
  test(`an offer right behind an answer is answered (${polite ? "polite" : "impolite"})`, async () => {
    const { peer, connection, told } = await offering(polite);

    const answered = peer.handleDescription({ type: "answer", sdp: "their answer" });
    const offered = peer.handleDescription({ type: "offer", sdp: "their offer" });
    await connection.settle();
    await Promise.all([answered, offered]);

    assert.deepEqual(connection.done, ["their answer", "their offer"]);
    assert.deepEqual(told, ["offer", "answer"]);
  });
}

test("of two offers at once the polite one gives way, and the other is not listened to", async () => {
  for (const polite of [true, false]) {
    const { peer, connection } = await offering(polite);
    const offered = peer.handleDescription({ type: "offer", sdp: "their offer" });
    await connection.settle();
    await offered;
    assert.deepEqual(connection.done, polite ? ["their offer"] : []);
  }
});

test("an offer is told again until it is answered, and not after", async () => {
  const { peer, connection, told } = await offering(false);
  assert.equal(peer.isUnanswered, true);
  peer.repeat();
  assert.deepEqual(told, ["offer", "offer"]);

  const answered = peer.handleDescription({ type: "answer", sdp: "their answer" });
  await connection.settle();
  await answered;
  peer.repeat();
  assert.equal(peer.isUnanswered, false);
  assert.deepEqual(told, ["offer", "offer"]);
});
