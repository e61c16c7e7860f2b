// Where a card stands: beside what it speaks of, in the window, and where both do not fit, over what matters least.

// Pixels: between the two, and to the edge of the window.
const GAP = 12;
const EDGE = 8;

/** @typedef {{width: number, height: number}} Size */

/**
 * @param {{left: number, top: number, right: number, bottom: number} | undefined} part none: the foot of the window
 * @param {Size} card @param {Size} view the window @param {boolean} isRtl
 * @returns {{left: number, top: number}}
 */
export function placeBeside(part, card, view, isRtl) {
  const middle = (view.width - card.width) / 2;
  const foot = view.height - card.height - EDGE;
  if (!part) return { left: within(middle, card.width, view.width), top: within(foot, card.height, view.height) };
  // Aligned with where the part begins.
  const along = within(isRtl ? part.right - card.width : part.left, card.width, view.width);
  const down = within(part.top, card.height, view.height);
  const below = { left: along, top: part.bottom + GAP };
  const above = { left: along, top: part.top - GAP - card.height };
  const right = { left: part.right + GAP, top: down };
  const left = { left: part.left - GAP - card.width, top: down };
  const sides = isRtl ? [left, right] : [right, left];
  const fits = (/** @type {{left: number, top: number}} */ at) =>
    at.left === within(at.left, card.width, view.width) && at.top === within(at.top, card.height, view.height);
  const found = [below, above, ...sides].find(fits);
  if (found) return found;
  // Over it: at the end that is farther from the part's own middle, so that most of it is seen.
  const isHigh = (part.top + part.bottom) / 2 <= view.height / 2;
  return { left: within(middle, card.width, view.width), top: isHigh ? within(foot, card.height, view.height) : EDGE };
}

/** @param {number} at @param {number} size @param {number} whole */
function within(at, size, whole) {
  return Math.max(EDGE, Math.min(at, whole - size - EDGE));
}
