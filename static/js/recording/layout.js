// Where everything stands in the picture of a recording. Pure.

export const WIDTH = 1280;
export const HEIGHT = 720;
const BAR = 44;
const GAP = 8;
// The cameras beside what is shared: a column of this width, of tiles of this shape.
const COLUMN = 232;
const SHAPE = 4 / 3;

/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/**
 * @param {{hasShare: boolean, cameras: number}} scene
 * @returns {{bar: Box, share: Box | null, cameras: Box[]}}
 */
export function layout({ hasShare, cameras }) {
  const bar = { x: 0, y: HEIGHT - BAR, width: WIDTH, height: BAR };
  const room = { x: 0, y: 0, width: WIDTH, height: HEIGHT - BAR };
  if (!hasShare) return { bar, share: null, cameras: grid(cameras, room) };
  if (!cameras) return { bar, share: room, cameras: [] };
  const side = { ...room, x: WIDTH - COLUMN, width: COLUMN };
  return { bar, share: { ...room, width: WIDTH - COLUMN }, cameras: column(cameras, side) };
}

/**
 * The largest box of a picture's shape within another.
 * @param {number} width @param {number} height @param {Box} within @returns {Box}
 */
export function fit(width, height, within) {
  const scale = Math.min(within.width / width, within.height / height);
  const size = { width: width * scale, height: height * scale };
  return { ...size, x: within.x + (within.width - size.width) / 2, y: within.y + (within.height - size.height) / 2 };
}

/** @param {number} count @param {Box} room @returns {Box[]} */
function grid(count, room) {
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const width = (room.width - GAP * (columns + 1)) / columns;
  const height = (room.height - GAP * (rows + 1)) / rows;
  return Array.from({ length: count }, (_, n) => ({
    x: room.x + GAP + (n % columns) * (width + GAP),
    y: room.y + GAP + Math.floor(n / columns) * (height + GAP),
    width,
    height,
  }));
}

/** @param {number} count @param {Box} room @returns {Box[]} */
function column(count, room) {
  const width = room.width - 2 * GAP;
  const height = Math.min(width / SHAPE, (room.height - GAP * (count + 1)) / count);
  return Array.from({ length: count }, (_, n) => ({
    x: room.x + GAP,
    y: room.y + GAP + n * (height + GAP),
    width,
    height,
  }));
}
