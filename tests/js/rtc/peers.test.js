import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";

import { Emitter } from "../../../static/js/core/emitter.js";
import { Peers } from "../../../static/js/rtc/peers.js";

class FakeSignalling extends Emitter {
  sent = [];
  hello = (to = null) => this.sent.push(["hello", to]);
  bye = (to = null) => this.sent.push(["bye", to]);
  tracks = (to, tracks) => this.sent.push(["tracks", to, tracks]);
  describe = (to, page, { type }) => this.sent.push([type, to, page]);
  candidate = () => {};
  hear = (type, heard) => this.emit(type, heard);
}

class FakePeer extends Emitter {
  static made = [];
  state = "new";
  isUnanswered = false;
  sent = [];
  done = [];

  constructor(options) {
    super();
    this.options = options;
    FakePeer.made.push(this);
  }

  send = (track) => this.sent.push(track.id);
  withhold = (track) => this.sent.splice(this.sent.indexOf(track.id), 1);
  limit = async () => {};
  stats = async () => new Map();
  restart = () => this.done.push("restart");
  repeat = () => this.done.push("repeat");
  configure = () => this.done.push("configure");
  close = () => this.done.push("close");
  handleDescription = async ({ sdp }) => this.done.push(sdp);
  handleCandidates = async () => {};
  tell = (type, detail) => this.emit(type, detail);
}

const stream = (id) => ({ id, getTracks: () => [{ id: `${id}-track` }] });
const track = () => new EventTarget();
const info = (id, kind = "screen", activity = 5) => ({ stream: id, kind, activity, muted: false, gone: false });

function room(me = "participant.1") {
  FakePeer.made = [];
  const signalling = new FakeSignalling();
  const peers = new Peers(signalling, { me, configuration: {}, makePeer: (options) => new FakePeer(options) });
  const heard = [];
  for (const type of ["stream", "gone", "muted"]) {
    peers.on(type, ({ from, activity }) => heard.push([type, from, activity]));
  }
  opened.push(peers);
  return { signalling, peers, heard, made: FakePeer.made };
}

const opened = [];
afterEach(() => opened.splice(0).forEach((peers) => peers.close()));

test("publishes one track to everybody who is there, and to those who come later", () => {
  const { signalling, peers, made } = room();
  signalling.hear("hello", { from: "participant.2", page: "a" });
  peers.publish(stream("S"), "screen", 5);
  signalling.hear("hello", { from: "participant.3", page: "b" });

  assert.deepEqual(
    made.map(({ sent }) => sent),
    [["S-track"], ["S-track"]],
  );
});

test("tells what a stream is before it sends it", () => {
  const { signalling, peers, made } = room();
  peers.publish(stream("S"), "screen", 5);
  signalling.hear("hello", { from: "participant.2", page: "a" });
  made[0].tell("description", { type: "offer" });

  assert.deepEqual(signalling.sent, [
    ["hello", "participant.2"],
    ["tracks", "participant.2", [info("S")]],
    ["offer", "participant.2", "a"],
  ]);
});

test("answers a page's hello once, and never its own", () => {
  const { signalling } = room();
  for (const page of ["a", "a"]) signalling.hear("hello", { from: "participant.2", page });
  signalling.hear("hello", { from: "participant.1", page: "mine" });

  assert.deepEqual(signalling.sent, [["hello", "participant.2"]]);
});

test("of every two exactly one is polite", () => {
  const one = room("participant.1");
  one.peers.publish(stream("S"), "screen", 5);
  one.signalling.hear("hello", { from: "participant.2", page: "a" });
  const [first] = one.made;
  const two = room("participant.2");
  two.peers.publish(stream("T"), "screen", 6);
  two.signalling.hear("hello", { from: "participant.1", page: "b" });

  assert.notEqual(first.options.polite, two.made[0].options.polite);
});

test("a reloaded page is another one: the old connection is closed, and the share offered again", () => {
  const { signalling, peers, made } = room();
  peers.publish(stream("S"), "screen", 5);
  signalling.hear("hello", { from: "participant.2", page: "old" });
  signalling.hear("hello", { from: "participant.2", page: "new" });

  assert.deepEqual(
    made.map(({ done }) => done),
    [["close"], []],
  );
  assert.deepEqual(made[1].sent, ["S-track"]);
});

test("a stream means something only together with the word on what it is, whichever comes first", () => {
  const { signalling, heard, made } = room();
  signalling.hear("description", { from: "participant.2", page: "a", type: "offer", sdp: "1" });
  made[0].tell("track", { track: track(), stream: { id: "S" } });
  assert.deepEqual(heard, []);

  signalling.hear("track-info", { from: "participant.2", page: "a", tracks: [info("S")] });
  assert.deepEqual(heard, [["stream", "participant.2", 5]]);
});

test("a track that ends is gone, and so is everything of those who leave", () => {
  const { signalling, peers, heard, made } = room();
  signalling.hear("track-info", { from: "participant.2", page: "a", tracks: [info("S"), info("C", "camera", 6)] });
  signalling.hear("description", { from: "participant.2", page: "a", type: "offer", sdp: "1" });
  const screen = track();
  made[0].tell("track", { track: screen, stream: { id: "S" } });
  made[0].tell("track", { track: track(), stream: { id: "C" } });
  screen.dispatchEvent(new Event("ended"));
  peers.handleLeft("participant.2");

  assert.deepEqual(heard.slice(2), [
    ["gone", "participant.2", 5],
    ["gone", "participant.2", 6],
  ]);
  assert.deepEqual(made[0].done, ["1", "close"]);
});

test("a connection over which nothing can be offered any more is made again, and the other side begins", async () => {
  const { signalling, peers, made } = room();
  signalling.hear("hello", { from: "participant.2", page: "a" });
  peers.publish(stream("S"), "screen", 5);
  signalling.sent.length = 0;
  made[0].tell("stuck");
  made[0].tell("stuck");
  assert.deepEqual(signalling.sent, [
    ["bye", "participant.2"],
    ["hello", "participant.2"],
  ]);
  assert.deepEqual(made[0].done, ["close"]);

  signalling.hear("hello", { from: "participant.2", page: "a" });
  peers.publish(stream("T"), "camera", 6);
  assert.equal(made.length, 1);
  signalling.hear("description", { from: "participant.2", page: "a", type: "offer", sdp: "1" });
  await Promise.resolve();

  assert.deepEqual([made[1].done, made[1].sent], [["1"], ["S-track", "T-track"]]);
});

test("where the other side has nothing to offer, this one begins after a while", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { signalling, peers, made } = room();
  signalling.hear("hello", { from: "participant.2", page: "a" });
  peers.publish(stream("S"), "screen", 5);
  made[0].tell("stuck");
  context.mock.timers.tick(10_000);
  assert.deepEqual(made[1].sent, ["S-track"]);
});

test("unpublishing withholds the track from everybody", () => {
  const { signalling, peers, made } = room();
  signalling.hear("hello", { from: "participant.2", page: "a" });
  peers.publish(stream("S"), "screen", 5);
  peers.unpublish(5);

  assert.deepEqual(made[0].sent, []);
});

test("back in touch with the site it says hello, and repeats an offer that may be lost", () => {
  const { signalling, peers, made } = room();
  signalling.hear("hello", { from: "participant.2", page: "a" });
  peers.publish(stream("S"), "screen", 5);
  signalling.sent.length = 0;
  peers.handleFollowing();

  assert.deepEqual(signalling.sent[0], ["hello", null]);
  assert.deepEqual(made[0].done, ["repeat", "restart"]);
});

test("an offer that nobody answers is told again, over a way that is found already too", () => {
  mock.timers.enable({ apis: ["setInterval"] });
  const { signalling, peers, made } = room();
  signalling.hear("hello", { from: "participant.2", page: "a" });
  peers.publish(stream("S"), "screen", 5);
  Object.assign(made[0], { state: "connected", isUnanswered: true });
  mock.timers.tick(5_000);
  assert.deepEqual(made[0].done, ["repeat"]);

  made[0].isUnanswered = false;
  mock.timers.tick(20_000);
  assert.deepEqual(made[0].done, ["repeat"]);
  mock.timers.reset();
});

test("a page that live media do not reach lets go of everybody, and comes back when they do", () => {
  const { signalling, peers, made } = room();
  signalling.hear("hello", { from: "participant.2", page: "a" });
  peers.publish(stream("S"), "screen", 5);
  signalling.sent.length = 0;

  peers.handleCircle(false);
  signalling.hear("hello", { from: "participant.3", page: "b" });
  assert.deepEqual(signalling.sent, [["bye", null]]);
  assert.deepEqual(made[0].done, ["close"]);

  peers.handleCircle(true);
  peers.handleCircle(true);
  assert.deepEqual(signalling.sent, [
    ["bye", null],
    ["hello", null],
  ]);
});

test("a microphone that is gone is told to all, and heard of", () => {
  const { signalling, peers } = room();
  peers.publish(stream("S"), "voice", 5);
  peers.mute(5, false, true);
  assert.deepEqual(signalling.sent.at(-1), ["tracks", null, [{ ...info("S", "voice"), gone: true }]]);

  const other = room("participant.2");
  other.signalling.hear("description", { from: "participant.1", page: "a", type: "offer", sdp: "1" });
  other.signalling.hear("track-info", { from: "participant.1", page: "a", tracks: [info("S", "voice")] });
  other.made[0].tell("track", { track: track(), stream: { id: "S" } });
  other.signalling.hear("track-info", {
    from: "participant.1",
    page: "a",
    tracks: [{ ...info("S", "voice"), gone: true }],
  });
  assert.deepEqual(other.heard, [
    ["stream", "participant.1", 5],
    ["muted", "participant.1", 5],
  ]);
});
