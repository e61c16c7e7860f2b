import assert from "node:assert/strict";
import { test } from "node:test";

import { BLOCK, digestOf, Digests, hex } from "../../../static/js/files/blocks.js";
import { DirectReceiving } from "../../../static/js/files/direct_receiving.js";
import { DirectSending, HIGH_WATER, LOW_WATER, WINDOW } from "../../../static/js/files/direct_sending.js";
import { FRAME, framesOf, Gathered } from "../../../static/js/files/frames.js";
import { MemoryStore } from "../../../static/js/files/opfs_store.js";
import { Source } from "../../../static/js/files/source.js";

const bytes = (length) => new Uint8Array(length).map((_, place) => place * 31);

/**
 * Two ends of a channel in this process; what one sends the other hears a moment later, and a test may look at it on
 * the way.
 */
function channels({ spoil = (data) => data, isDeaf = false } = {}) {
  const ends = [new End(), new End()];
  ends.forEach((end, place) => {
    end.carry = (data) => {
      end.sent.push(data);
      if (isDeaf && data instanceof ArrayBuffer) return void (end.bufferedAmount += data.byteLength);
      queueMicrotask(() => ends[1 - place].hear(spoil(data)));
    };
  });
  return ends;
}

class End extends EventTarget {
  readyState = "open";
  bufferedAmount = 0;
  sent = [];
  send = (data) => this.carry(data);
  hear = (data) => this.readyState === "open" && this.dispatchEvent(Object.assign(new Event("message"), { data }));
  close = () => {
    this.readyState = "closed";
    this.dispatchEvent(new Event("close"));
  };
}

function transfer(whole, { store = new MemoryStore(), ...more } = {}) {
  const [near, far] = channels(more);
  const done = [];
  const arrived = Promise.withResolvers();
  const progress = [];
  const source = new Source(new Blob([whole]));
  const gate = more.gate ?? (async () => {});
  const sending = new DirectSending(near, source, { gate, onProgress: (at) => progress.push(at) });
  new DirectReceiving(far, {
    id: 7,
    size: whole.length,
    store,
    onProgress: () => {},
    onDone: async (digest) => arrived.resolve(done.push(digest)),
  });
  const announced = [];
  return {
    near,
    far,
    store,
    done,
    arrived: arrived.promise,
    progress,
    announced,
    source,
    run: () => sending.run(async (digest) => announced.push(digest)),
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test("frames are small enough for every browser, and make the block again", () => {
  const block = bytes(2 * FRAME + 5).buffer;
  const frames = [...framesOf(block)];
  const gathered = new Gathered();
  frames.forEach((frame) => gathered.add(frame));

  assert.deepEqual(
    frames.map(({ byteLength }) => byteLength),
    [FRAME, FRAME, 5],
  );
  assert.deepEqual(new Uint8Array(gathered.take()), new Uint8Array(block));
  assert.equal(gathered.length, 0);
});

test("everything arrives, and both sides name the same digest", async () => {
  const whole = bytes(3 * BLOCK + 77);
  const { run, done, arrived, announced, progress, store } = transfer(whole);
  await run();
  await arrived;

  assert.deepEqual(done, announced);
  assert.deepEqual(new Uint8Array(await (await store.blob(7)).arrayBuffer()), whole);
  assert.deepEqual(progress, [0, BLOCK, 2 * BLOCK, 3 * BLOCK, whole.length]);
});

test("going on begins after the last whole block and ends with the same digest", async () => {
  const whole = bytes(3 * BLOCK + 77);
  const store = new MemoryStore();
  await store.open(7, whole.length);
  const first = whole.slice(0, BLOCK).buffer;
  await store.write(7, 0, first, hex(await digestOf(first)));
  const { near, run, done, arrived, progress } = transfer(whole, { store });
  await run();
  await arrived;

  const sent = near.sent
    .filter((each) => each instanceof ArrayBuffer)
    .reduce((sum, { byteLength }) => sum + byteLength, 0);
  assert.equal(sent, whole.length - BLOCK);
  assert.equal(progress[0], BLOCK);
  const source = new Source(new Blob([whole]));
  await source.cover(whole.length);
  assert.deepEqual(done, [await source.digests.whole()]);
});

test("a damaged block is not written, and closes the channel", async () => {
  let frames = 0;
  const spoil = (data) => {
    if (!(data instanceof ArrayBuffer) || ++frames !== 17) return data;
    const spoilt = new Uint8Array(data.slice());
    spoilt[0] ^= 1;
    return spoilt.buffer;
  };
  const { far, near, run, store, done } = transfer(bytes(2 * BLOCK), { spoil });
  far.addEventListener("close", () => near.close());

  await assert.rejects(run(), { name: "Broken" });
  assert.equal(await store.open(7, 2 * BLOCK), BLOCK);
  assert.deepEqual(done, []);
});

test("sending stops while too much waits in the browser, and goes on when it has drained", async () => {
  const { near, run } = transfer(bytes(WINDOW), { isDeaf: true });
  const running = run().catch(() => {});
  await settled();
  while (near.bufferedAmount <= HIGH_WATER) await settled();
  const before = near.bufferedAmount;
  await settled();
  assert.equal(near.bufferedAmount, before);
  assert.ok(before <= HIGH_WATER + FRAME);

  near.bufferedAmount = LOW_WATER;
  near.dispatchEvent(new Event("bufferedamountlow"));
  await settled();
  assert.ok(near.bufferedAmount > LOW_WATER);
  near.close();
  await running;
});

test("no more is under way than the receiver has room for", async () => {
  const [near] = channels();
  const source = new Source(new Blob([bytes(WINDOW + 4 * BLOCK)]));
  const sending = new DirectSending(near, source, { gate: async () => {}, onProgress: () => {} });
  const running = sending.run(async () => {}).catch(() => {});
  near.hear(JSON.stringify({ at: 0 }));
  const sums = () => near.sent.filter((each) => typeof each === "string").length;
  while (sums() < WINDOW / BLOCK) await settled();
  await settled();
  assert.equal(sums(), WINDOW / BLOCK);
  near.hear(JSON.stringify({ got: 2 * BLOCK }));
  while (sums() < WINDOW / BLOCK + 2) await settled();
  near.close();
  await running;
});

test("a receiver without room says so, and the sender finds another way", async () => {
  const store = { ...new MemoryStore(), open: async () => Promise.reject(new RangeError()) };
  const { run } = transfer(bytes(10), { store });
  await assert.rejects(run(), { name: "NoRoom" });
});

test("nothing is sent while the file is paused", async () => {
  let goOn = () => {};
  const paused = new Promise((resolve) => (goOn = resolve));
  const { near, run, done, arrived } = transfer(bytes(10), { gate: () => paused });
  const running = run();
  await settled();
  assert.equal(near.sent.length, 0);
  goOn();
  await running;
  await arrived;
  assert.equal(done.length, 1);
});

test("digests of what lies there already make the whole, with an empty end", async () => {
  const store = new MemoryStore();
  const whole = bytes(BLOCK).buffer;
  await store.open(7, BLOCK);
  await store.write(7, 0, whole, hex(await digestOf(whole)));
  assert.equal(await store.digest(7), await new Digests(await digestOf(whole)).whole());
});
