import assert from "node:assert/strict";
import { test } from "node:test";

import { Peer } from "../../../static/js/rtc/peer.js";

/**
 * A browser's connection, of which only the order of things is told: what is asked for is done when `settle` is called.
 */
class FakeConnection extends EventTarget {
  static last = null;
  signalingState = "stable";
  connectionState = "connected";
  localDescription = null;
  currentLocalDescription = null;
  done = [];
  #waiting = [];

  constructor() {
    super();
    FakeConnection.last = this;
  }

  addTransceiver = () =>
    (this.transceiver = {
      currentDirection: null,
      direction: "sendonly",
      stopped: false,
      stop: () => (this.transceiver.stopped = true),
    });
  setLocalDescription = () =>
    this.#later(() => this.#local(this.signalingState === "have-remote-offer" ? "answer" : "offer"));
  setRemoteDescription = ({ type, sdp }) => this.#later(() => this.#remote(type, sdp));

  /** Do what was asked for, and what follows from it. */
  async settle() {
    while (this.#waiting.length) {
      this.#waiting.shift()();
      await new Promise(setImmediate);
    }
  }

  #later(act) {
    return new Promise((resolve, reject) =>
      this.#waiting.push(() => new Promise((done) => done(act())).then(resolve, reject)),
    );
  }

  #local(type) {
    this.localDescription = { type, sdp: `our ${type}` };
    if (type === "answer") this.currentLocalDescription = this.localDescription;
    this.signalingState = type === "offer" ? "have-local-offer" : "stable";
  }

  #remote(type, sdp) {
    if (type === "answer" && this.signalingState !== "have-local-offer") {
      throw new Error(`Called in wrong state: ${this.signalingState}`);
    }
    if (type === "answer") this.currentLocalDescription = this.localDescription;
    this.done.push(sdp);
    this.signalingState = type === "offer" ? "have-remote-offer" : "stable";
  }
}

async function offering(polite) {
  const peer = new Peer({ polite, configuration: {}, Connection: FakeConnection });
  const connection = FakeConnection.last;
  const told = [];
  peer.on("description", ({ type }) => told.push(type));
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

/** As a browser writes it: the version is the offer's own, the candidates are added while they are found. */
const sdp = (version, candidates = "") => `v=0\r\no=- 4711 ${version} IN IP4 127.0.0.1\r\ns=-\r\n${candidates}`;

test("an answer that comes twice is taken once", async () => {
  const { peer, connection } = await offering(true);

  const answered = [
    peer.handleDescription({ type: "answer", sdp: sdp(1) }),
    peer.handleDescription({ type: "answer", sdp: sdp(1) }),
  ];
  await connection.settle();
  await Promise.all(answered);
  // Here nothing is asked any more.
  await Promise.all([
    peer.handleDescription({ type: "answer", sdp: sdp(1, "a=candidate:1\r\n") }),
    connection.settle(),
  ]);

  assert.deepEqual(connection.done, [sdp(1)]);
});

test("an answer to the offer before is not taken for one to this", async () => {
  const { peer, connection } = await offering(true);
  await Promise.all([peer.handleDescription({ type: "answer", sdp: sdp(1) }), connection.settle()]);
  connection.dispatchEvent(new Event("negotiationneeded"));
  await connection.settle();

  await Promise.all([peer.handleDescription({ type: "answer", sdp: sdp(1) }), connection.settle()]);
  assert.equal(peer.isUnanswered, true);
  await Promise.all([peer.handleDescription({ type: "answer", sdp: sdp(2) }), connection.settle()]);

  assert.deepEqual(connection.done, [sdp(1), sdp(2)]);
});

test("an offer that is told again is taken once, and the same answer is told again", async () => {
  const peer = new Peer({ polite: true, configuration: {}, Connection: FakeConnection });
  const connection = FakeConnection.last;
  const told = [];
  peer.on("description", (description) => told.push(description));

  // The first answer is still being found when the offer comes again.
  const handled = [
    peer.handleDescription({ type: "offer", sdp: sdp(1) }),
    peer.handleDescription({ type: "offer", sdp: sdp(1) }),
  ];
  await connection.settle();
  await Promise.all(handled);
  assert.deepEqual(told, [{ type: "answer", sdp: "our answer" }]);

  await Promise.all([peer.handleDescription({ type: "offer", sdp: sdp(1, "a=candidate:1\r\n") }), connection.settle()]);
  assert.deepEqual(told, [
    { type: "answer", sdp: "our answer" },
    { type: "answer", sdp: "our answer" },
  ]);
  assert.deepEqual(connection.done, [sdp(1)]);
});

test("an old offer does not disturb what was offered since", async () => {
  const peer = new Peer({ polite: true, configuration: {}, Connection: FakeConnection });
  const connection = FakeConnection.last;
  await Promise.all([peer.handleDescription({ type: "offer", sdp: sdp(1) }), connection.settle()]);
  connection.dispatchEvent(new Event("negotiationneeded"));
  await connection.settle();

  await Promise.all([peer.handleDescription({ type: "offer", sdp: sdp(1) }), connection.settle()]);

  assert.equal(peer.isUnanswered, true);
  assert.deepEqual(connection.done, [sdp(1)]);
});

test("what is withheld before it was agreed on rests, and is stopped then", async () => {
  const peer = new Peer({ polite: true, configuration: {}, Connection: FakeConnection });
  const connection = FakeConnection.last;
  const track = {};
  peer.send(track, {});
  const { transceiver } = connection;

  peer.withhold(track);
  assert.deepEqual([transceiver.direction, transceiver.stopped], ["inactive", false]);

  transceiver.currentDirection = "inactive";
  connection.dispatchEvent(new Event("signalingstatechange"));
  assert.equal(transceiver.stopped, true);
});
