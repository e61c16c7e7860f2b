// Pointing at a shared picture and drawing on it, everybody in a colour with a name. Fleeting: nothing is kept, and all
// of it goes when the share does. Places are parts of the picture, so that they fit whatever size each viewer sees.
import { Emitter } from "../core/emitter.js";
import { frameOf, paintPointer, paintStroke, placeIn } from "./annotation_painting.js";

/** @typedef {import("./annotation_painting.js").Point} Point */

// Milliseconds; a pointer that says nothing more has gone.
const TELL_EVERY = 80;
const POINTER_LASTS = 4_000;
const MOST_STROKES = 200;
// By keyboard: parts of the picture that an arrow key moves the pointer by, with and without Shift.
const STEP = 0.02;
const LARGE_STEP = 0.1;
/** @type {`pointer${"down" | "move" | "up" | "leave"}`[]} */
const POINTING = ["pointerdown", "pointermove", "pointerup", "pointerleave"];
/** @type {Record<string, Point>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @typedef {"pointer.moved" | "draw.stroke" | "draw.cleared"} Marking
 * @typedef {import("../core/event_stream.js").StreamSignal<Marking>} MarkSignal
 */

/** @typedef {{signal: {type: string, data: {activity: number}}}} AnnotationsEvents a mark of one's own, to be told */

/** The marks on one tile. @extends {Emitter<AnnotationsEvents>} */
export class Annotations extends Emitter {
  #canvas;
  #video;
  #activity;
  #me;
  #nameOf;
  /** @type {Map<string, import("./annotation_painting.js").Stroke>} */
  #strokes = new Map();
  /** @type {Map<string, {at: Point, until: number}>} */
  #pointers = new Map();
  #mode = "";
  #stroke = "";
  /** @type {Point[]} */
  #untold = [];
  #toldAt = 0;
  #isPaintDue = false;

  /**
   * @param {{canvas: HTMLCanvasElement, video: HTMLVideoElement, activity: number, me: string,
   *   nameOf: (key: string) => string}} parts
   */
  constructor({ canvas, video, activity, me, nameOf }) {
    super();
    this.#canvas = canvas;
    this.#video = video;
    this.#activity = activity;
    this.#me = me;
    this.#nameOf = nameOf;
    for (const type of POINTING) canvas.addEventListener(type, (event) => this.#onPointer(event));
    new ResizeObserver(() => this.#paintSoon()).observe(canvas);
  }

  /** "point", "draw" or "" */
  get mode() {
    return this.#mode;
  }

  set mode(mode) {
    this.#mode = mode;
    this.#canvas.dataset.mode = mode;
    if (!mode) this.#signal("pointer.moved", { at: null });
  }

  wipe() {
    this.#strokes.clear();
    this.#signal("draw.cleared", {});
    this.#paintSoon();
  }

  /** @param {MarkSignal} signal @param {string} from */
  handleSignal({ type, data }, from) {
    if (type === "draw.cleared") this.#strokes.clear();
    else if (type === "draw.stroke") this.#addPoints(from, data.stroke, data.points);
    else if (data.at) this.#pointers.set(from, { at: data.at, until: performance.now() + POINTER_LASTS });
    else this.#pointers.delete(from);
    this.#paintSoon();
  }

  /** Pointing without a mouse. @param {KeyboardEvent} event */
  handleKey(event) {
    const way = ARROWS[event.key];
    if (this.#mode !== "point" || !way) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const [x, y] = this.#pointers.get(this.#me)?.at ?? [0.5, 0.5];
    this.#pointAt([within(x + way[0] * step), within(y + way[1] * step)]);
  }

  /** @param {PointerEvent} event */
  #onPointer(event) {
    if (!this.#mode) return;
    const picture = { width: this.#video.videoWidth, height: this.#video.videoHeight };
    const at = placeIn(this.#canvas.getBoundingClientRect(), picture, event.offsetX, event.offsetY);
    if (event.type === "pointerleave" || !at) return this.#endMark();
    if (this.#mode === "point") this.#pointAt(at);
    else if (event.type === "pointerdown") this.#beginStroke(event, at);
    else if (event.type === "pointermove" && this.#stroke) this.#extendStroke(at);
    else if (event.type === "pointerup") this.#endMark();
  }

  /** @param {Point} at */
  #pointAt(at) {
    this.#pointers.set(this.#me, { at, until: performance.now() + POINTER_LASTS });
    if (this.#isTimeToTell()) this.#signal("pointer.moved", { at });
    this.#paintSoon();
  }

  /** @param {PointerEvent} event @param {Point} at */
  #beginStroke(event, at) {
    event.preventDefault();
    this.#canvas.setPointerCapture(event.pointerId);
    this.#stroke = `${this.#me}.${Math.round(performance.now())}`;
    this.#untold = [];
    this.#extendStroke(at);
  }

  /** @param {Point} at */
  #extendStroke(at) {
    this.#untold.push(at);
    this.#addPoints(this.#me, this.#stroke, [at]);
    if (this.#isTimeToTell() || this.#untold.length > 60) this.#tellStroke();
    this.#paintSoon();
  }

  #endMark() {
    if (this.#stroke) this.#tellStroke();
    this.#stroke = "";
    if (this.#pointers.delete(this.#me)) this.#signal("pointer.moved", { at: null });
    this.#paintSoon();
  }

  #tellStroke() {
    if (!this.#untold.length) return;
    this.#signal("draw.stroke", { stroke: this.#stroke, points: this.#untold });
    // The next piece begins where this one ends.
    this.#untold = this.#untold.slice(-1);
  }

  #isTimeToTell() {
    const now = performance.now();
    if (now - this.#toldAt < TELL_EVERY) return false;
    this.#toldAt = now;
    return true;
  }

  /** @param {string} key @param {string} id @param {Point[]} points */
  #addPoints(key, id, points) {
    const stroke = this.#strokes.get(id) ?? { key, points: [] };
    stroke.points.push(...points);
    this.#strokes.set(id, stroke);
    const [oldest] = this.#strokes.keys();
    if (this.#strokes.size > MOST_STROKES) this.#strokes.delete(oldest);
  }

  // ---- drawing

  #paintSoon() {
    if (this.#isPaintDue) return;
    this.#isPaintDue = true;
    requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    this.#isPaintDue = false;
    const canvas = this.#canvas;
    const { width, height } = canvas.getBoundingClientRect();
    const sharpness = devicePixelRatio || 1;
    canvas.width = width * sharpness;
    canvas.height = height * sharpness;
    const brush = canvas.getContext("2d");
    if (!brush) return;
    brush.scale(sharpness, sharpness);
    const frame = frameOf({ width, height }, { width: this.#video.videoWidth, height: this.#video.videoHeight });
    for (const stroke of this.#strokes.values()) paintStroke(brush, frame, stroke);
    this.#forgetPointers();
    for (const [key, { at }] of this.#pointers) paintPointer(brush, frame, key, this.#nameOf(key), at);
    canvas.dataset.strokes = String(this.#strokes.size);
    canvas.dataset.pointers = [...this.#pointers.keys()].map(this.#nameOf).join(" ");
    if (this.#pointers.size) setTimeout(() => this.#paintSoon(), 500);
  }

  #forgetPointers() {
    for (const [key, { until }] of this.#pointers) if (until < performance.now()) this.#pointers.delete(key);
  }

  /** @param {string} type @param {object} data */
  #signal(type, data) {
    this.emit("signal", { type, data: { activity: this.#activity, ...data } });
  }
}

/** @param {number} part */
function within(part) {
  return Math.min(1, Math.max(0, part));
}
