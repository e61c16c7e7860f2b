import assert from "node:assert/strict";
import { test } from "node:test";

import { BLOCK, digestOf, Digests, hex, lengthAt } from "../../../static/js/files/blocks.js";
import { Source } from "../../../static/js/files/source.js";

const whole = Uint8Array.from({ length: BLOCK + 1000 }, (_, place) => (place * 7) % 251);

test("digest is what the server computes", async () => {
  const source = new Source(new Blob([whole]));
  await source.read(0);
  await source.read(BLOCK);

  assert.equal(await source.digests.whole(), "240e670f38ee181737f66e5e6d125c414594257f702e08b35c85e26737b93b34");
});

test("where blocks begin and how long they are", () => {
  const cases = [
    [10, 0, 10],
    [BLOCK, 0, BLOCK],
    [BLOCK + 3, BLOCK, 3],
    [BLOCK + 3, BLOCK + 3, 0],
    [BLOCK + 3, 5, 0],
    [10, -BLOCK, 0],
  ];
  for (const [size, offset, length] of cases) assert.equal(lengthAt(size, offset), length, `${size} ${offset}`);
});

test("digests are those of the first blocks, whatever was read after", async () => {
  const digests = new Digests();
  for (let index = 0; index < 200; index++) digests.set(index, await digestOf(Uint8Array.of(index)));
  const copy = new Digests(digests.bytes);

  assert.equal(await copy.whole(), await digests.whole());
  digests.cut(2);
  assert.equal(hex(digests.bytes), hex(copy.bytes.slice(0, 64)));
  assert.throws(() => digests.set(5, new Uint8Array(32)), RangeError);
});

test("going on reads only what was not read before", async () => {
  const read = [];
  const file = new Blob([whole]);
  const spied = { size: file.size, slice: (from, to) => (read.push(from), file.slice(from, to)) };
  const first = new Source(file);
  await first.read(0);
  const again = new Source(spied, new Digests(first.digests.bytes));
  await again.cover(BLOCK);
  assert.deepEqual(read, []);
  await again.cover(BLOCK + 1000);
  assert.deepEqual(read, [BLOCK]);
});

test("another file of the same length is told apart by what was sent", async () => {
  const source = new Source(new Blob([whole]));
  await source.read(0);
  const changedLater = whole.slice();
  changedLater[BLOCK + 1] ^= 1;
  const changedBefore = whole.slice();
  changedBefore[1] ^= 1;

  assert.equal(await source.begins(new Blob([whole])), true);
  assert.equal(await source.begins(new Blob([changedLater])), true);
  assert.equal(await source.begins(new Blob([changedBefore])), false);
  assert.equal(await source.begins(new Blob([whole, "!"])), false);
});
