// A file through the server, some blocks at a time, each asked for again until the server has it.
import { Backoff } from "../core/backoff.js";
import { pause } from "../core/pause.js";
import { BLOCK } from "./blocks.js";

/** @typedef {{data: ArrayBuffer, digest: string}} Block */

// As many at once as go in about a second, within what a request may hold: a slow line still shows how far it is.
const MOST_AT_ONCE = 16;
// Milliseconds
const SOON = 1_000;
const LATE = 3_000;

/**
 * @param {import("./source.js").Source} source
 * @param {{at: number, gate: () => Promise<void>, onProgress: (at: number) => void, backoff?: Backoff,
 *   now?: () => number, send: (offset: number, blocks: Block[]) => Promise<{received: number}>}} options
 * @returns {Promise<string>} the digest of the file
 */
export async function sendByServer(
  source,
  { at, gate, onProgress, send, backoff = new Backoff({ most: 5_000 }), now = () => performance.now() },
) {
  let offset = at;
  let count = 1;
  await source.cover(offset);
  // The next blocks are read while these are on their way.
  let ahead = readSome(source, offset, count);
  onProgress(offset);
  while (offset < source.size) {
    await gate();
    const blocks = await ahead;
    const next = blocks.reduce((end, { data }) => end + data.byteLength, offset);
    ahead = readSome(source, next, count);
    const began = now();
    const received = await sendOnce(() => send(offset, blocks), backoff);
    count = received === next ? nextCount(count, now() - began) : 1;
    if (received === next) offset = next;
    else {
      await ahead;
      offset = received ?? offset;
      await source.cover(offset);
      ahead = readSome(source, offset, count);
    }
    onProgress(offset);
  }
  return source.digests.whole();
}

/**
 * @param {import("./source.js").Source} source @param {number} offset @param {number} count @returns {Promise<Block[]>}
 */
async function readSome(source, offset, count) {
  const blocks = [];
  for (let at = offset; at < source.size && blocks.length < count; at += BLOCK) blocks.push(await source.read(at));
  return blocks;
}

/** @param {number} count @param {number} took milliseconds */
function nextCount(count, took) {
  if (took < SOON) return Math.min(MOST_AT_ONCE, count * 2);
  return took > LATE ? Math.max(1, Math.floor(count / 2)) : count;
}

/**
 * @param {() => Promise<{received: number}>} send @param {Backoff} backoff
 * @returns {Promise<number | null>} null: the same again
 */
async function sendOnce(send, backoff) {
  try {
    const { received } = await send();
    backoff.reset();
    // Only whole blocks count, but the last.
    return received;
  } catch (refusal) {
    if (refusal.code === "block_out_of_order") return Math.floor(refusal.facts.expected / BLOCK) * BLOCK;
    if (!refusal.isPassing && refusal.code !== "block_differs" && refusal.code !== "block_has_wrong_length") {
      throw refusal;
    }
    // A disk that is full stays full.
    if (refusal.code === "no_space_left") throw refusal;
    await pause(backoff.next());
    return null;
  }
}
