import assert from "node:assert/strict";
import { test } from "node:test";

import { Backoff } from "../../../static/js/core/backoff.js";
import { Refusal } from "../../../static/js/core/http.js";
import { BLOCK } from "../../../static/js/files/blocks.js";
import { sendByServer } from "../../../static/js/files/server_sending.js";
import { Source } from "../../../static/js/files/source.js";

const SIZE = 3 * BLOCK + 5;
const quick = () => new Backoff({ first: 1, most: 1 });

/** A server that has so much, and may be told how to answer a certain request. */
function server({ has = 0, answers = {} } = {}) {
  const asked = [];
  return {
    asked,
    send: async (offset, blocks) => {
      asked.push(offset);
      const answer = answers[asked.length];
      if (answer) throw answer;
      if (offset > has) throw new Refusal({ code: "block_out_of_order", status: 409, facts: { expected: has } });
      has = Math.max(has, offset + blocks.reduce((sum, { data }) => sum + data.byteLength, 0));
      return { received: has };
    },
  };
}

/** A clock on which every request takes so long. @param {number} each */
const clock =
  (each, time = 0) =>
  () =>
    (time += each);

async function upload(site, at = 0, { now = clock(2_000), size = SIZE } = {}) {
  const progress = [];
  const source = new Source(new Blob([new Uint8Array(size).fill(5)]));
  const options = {
    at,
    gate: async () => {},
    onProgress: (done) => progress.push(done),
    backoff: quick(),
    send: site.send,
    now,
  };
  return { digest: await sendByServer(source, options), progress };
}

test("blocks go in order, and the digest is that of the file whatever happened", async () => {
  const plain = server();
  const { digest, progress } = await upload(plain);
  assert.deepEqual(plain.asked, [0, BLOCK, 2 * BLOCK, 3 * BLOCK]);
  assert.deepEqual(progress, [0, BLOCK, 2 * BLOCK, 3 * BLOCK, SIZE]);

  const bumpy = server({
    answers: {
      2: Refusal.unreachable(),
      4: new Refusal({ code: "block_differs", status: 422 }),
      5: new Refusal({ code: "x", status: 502 }),
    },
  });
  assert.equal((await upload(bumpy)).digest, digest);
  assert.deepEqual(bumpy.asked, [0, BLOCK, BLOCK, 2 * BLOCK, 2 * BLOCK, 2 * BLOCK, 3 * BLOCK]);

  const half = server({ has: 2 * BLOCK });
  assert.equal((await upload(half, 2 * BLOCK)).digest, digest);
  assert.deepEqual(half.asked, [2 * BLOCK, 3 * BLOCK]);
});

test("a quick line takes more at once, a slow one less", async () => {
  const quick = server();
  await upload(quick, 0, { now: clock(10), size: 10 * BLOCK });
  // What is read ahead was counted before the last answer.
  assert.deepEqual(quick.asked, [0, BLOCK, 2 * BLOCK, 4 * BLOCK, 8 * BLOCK]);

  const slow = server();
  await upload(slow, 0, { now: clock(5_000), size: 4 * BLOCK });
  assert.deepEqual(slow.asked, [0, BLOCK, 2 * BLOCK, 3 * BLOCK]);
});

test("the server says where it goes on, before or after what was thought", async () => {
  const behind = server({ has: BLOCK });
  await upload(behind, 3 * BLOCK);
  assert.deepEqual(behind.asked, [3 * BLOCK, BLOCK, 2 * BLOCK, 3 * BLOCK]);

  const ahead = server({ has: SIZE });
  await upload(ahead);
  assert.deepEqual(ahead.asked, [0]);
});

test("a no is a no", async () => {
  for (const refusal of [
    { code: "file_over", status: 409 },
    { code: "no_space_left", status: 507 },
  ]) {
    await assert.rejects(upload(server({ answers: { 2: new Refusal(refusal) } })), { code: refusal.code });
  }
});
