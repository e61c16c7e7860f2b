// Where a mark stands in a picture, and how it looks.
import { isolated } from "../core/directions.js";

const COLOURS = ["#e5484d", "#0091ff", "#30a46c", "#f76808", "#8e4ec6", "#d6409f"];

/**
 * @typedef {import("../core/event_data.js").Point} Point
 * @typedef {{left: number, top: number, width: number, height: number}} Frame
 * @typedef {{key: string, points: Point[]}} Stroke
 */

/** Whose colour is which: the same on every page. @param {string} key "participant.7" */
export function colourOf(key) {
  return COLOURS[Number(key.split(".").pop()) % COLOURS.length];
}

/**
 * Where something is in the picture, which lies in its box with room left at two sides. Pure; null: beside it.
 * @param {{width: number, height: number}} box @param {{width: number, height: number}} picture
 * @param {number} x @param {number} y
 */
export function placeIn(box, picture, x, y) {
  const { left, top, width, height } = frameOf(box, picture);
  /** @type {Point} */
  const at = [(x - left) / width, (y - top) / height];
  return at.every((part) => part >= 0 && part <= 1) ? at : null;
}

/**
 * The rectangle a picture takes in its box ("object-fit: contain").
 * @param {{width: number, height: number}} box @param {{width: number, height: number}} picture
 */
export function frameOf(box, picture) {
  const scale = Math.min(box.width / (picture.width || 1), box.height / (picture.height || 1));
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { left: (box.width - width) / 2, top: (box.height - height) / 2, width, height };
}

/** @param {CanvasRenderingContext2D} brush @param {Frame} frame @param {Stroke} stroke */
export function paintStroke(brush, { left, top, width, height }, { key, points }) {
  brush.strokeStyle = colourOf(key);
  brush.lineWidth = 4;
  brush.lineCap = brush.lineJoin = "round";
  brush.beginPath();
  for (const [x, y] of points) brush.lineTo(left + x * width, top + y * height);
  // A dot, too, is a drawing.
  if (points.length === 1) brush.lineTo(left + points[0][0] * width + 0.1, top + points[0][1] * height);
  brush.stroke();
}

/**
 * @param {CanvasRenderingContext2D} brush @param {Frame} frame @param {string} key @param {string} name
 * @param {Point} at
 */
export function paintPointer(brush, { left, top, width, height }, key, name, [x, y]) {
  const [h, v] = [left + x * width, top + y * height];
  brush.fillStyle = colourOf(key);
  brush.strokeStyle = "#fff";
  brush.lineWidth = 2;
  brush.beginPath();
  brush.arc(h, v, 7, 0, 2 * Math.PI);
  brush.fill();
  brush.stroke();
  brush.font = "600 13px system-ui, sans-serif";
  brush.direction = "ltr";
  const label = isolated(name);
  const wide = brush.measureText(label).width + 12;
  // A name at the edge stays inside.
  const start = Math.min(Math.max(h + 10, 0), Math.max(0, left + width - wide));
  brush.beginPath();
  brush.roundRect(start, v + 8, wide, 20, 4);
  brush.fill();
  brush.fillStyle = "#fff";
  brush.textAlign = "left";
  brush.fillText(label, start + 6, v + 22);
}
