// How much of a line each picture may take. In a mesh the sharer's browser encodes once for every viewer, so what one
// viewer gets must shrink as they become more; the sharpness of a screen is kept, its frames become fewer. Pure.

const KBIT = 1000;
/**
 * @type {Record<string, {rate: number, least: number, all: number, frames: number[]}>} bits a second; frames by viewers
 */
const SHAPES = {
  screen: { rate: 2_500 * KBIT, least: 600 * KBIT, all: 6_000 * KBIT, frames: [30, 20, 15, 12, 10] },
  camera: { rate: 1_200 * KBIT, least: 150 * KBIT, all: 2_400 * KBIT, frames: [30, 24, 20, 15, 15] },
  voice: { rate: 40 * KBIT, least: 24 * KBIT, all: 200 * KBIT, frames: [] },
};

/** @param {string} kind @param {number} viewers @returns {RTCRtpEncodingParameters} */
export function limitsFor(kind, viewers) {
  const { rate, least, all, frames } = SHAPES[kind];
  const maxBitrate = Math.max(least, Math.min(rate, Math.floor(all / Math.max(1, viewers))));
  const maxFramerate = frames[Math.min(Math.max(viewers, 1), frames.length) - 1];
  return maxFramerate ? { maxBitrate, maxFramerate } : { maxBitrate };
}
