// The picture of a recording, drawn again at every tick: what is shared, cameras, who is there, which session, what
// time.
import { clock as serverClock } from "../core/clock.js";
import { isolated } from "../core/directions.js";
import { HEIGHT, WIDTH, fit, layout } from "./layout.js";

const FRAMES = 10;
const FONT = '"Noto Sans", "Noto Sans Arabic", system-ui, sans-serif';
const [DARK, BAR, LIGHT, SOFT] = ["#0b0d10", "#15181e", "#eceef2", "#b6bdc9"];

/**
 * @typedef {{kind: string, video: HTMLVideoElement, caption: string, isFrozen: boolean}} Picture
 * @typedef {{pictures: Picture[], names: string[], number: string, nothing: string}} Scene
 */

export class Composer {
  #canvas = document.createElement("canvas");
  // What a canvas that stands in no page would not inherit.
  /** @type {"rtl" | "ltr"} */
  #direction = document.dir === "rtl" ? "rtl" : "ltr";
  #brush = brushOf(this.#canvas);
  #scene;
  #worker;

  /** @param {() => Scene} scene @param {string} clock the address of the worker that ticks */
  constructor(scene, clock) {
    this.#scene = scene;
    this.#canvas.width = WIDTH;
    this.#canvas.height = HEIGHT;
    this.stream = this.#canvas.captureStream(FRAMES);
    this.#worker = new Worker(clock);
    this.#worker.onmessage = () => this.#onTick();
    this.#worker.postMessage(1000 / FRAMES);
    this.#draw();
  }

  close() {
    this.#worker.terminate();
    this.stream.getTracks().forEach((track) => track.stop());
  }

  #onTick() {
    this.#draw();
    this.#worker.postMessage(null);
  }

  #draw() {
    const scene = this.#scene();
    const pictures = scene.pictures.filter(({ video }) => video.videoWidth);
    const share = pictures.find(({ kind }) => kind === "screen");
    const cameras = pictures.filter(({ kind }) => kind === "camera");
    const places = layout({ hasShare: Boolean(share), cameras: cameras.length });
    this.#fill(DARK, { x: 0, y: 0, width: WIDTH, height: HEIGHT });
    if (share && places.share) this.#picture(share, places.share);
    cameras.forEach((camera, n) => this.#picture(camera, places.cameras[n]));
    if (!pictures.length) this.#nothing(scene.nothing);
    this.#bar(scene, places.bar);
  }

  /** @param {Picture} picture @param {import("./layout.js").Box} place */
  #picture({ video, caption, isFrozen }, place) {
    const box = fit(video.videoWidth, video.videoHeight, place);
    // A picture that no longer moves is not shown as if it did.
    this.#brush.globalAlpha = isFrozen ? 0.25 : 1;
    this.#brush.drawImage(video, box.x, box.y, box.width, box.height);
    this.#brush.globalAlpha = 1;
    const label = { x: box.x, y: box.y + box.height - 24, width: box.width, height: 24 };
    this.#brush.globalAlpha = 0.7;
    this.#fill(DARK, label);
    this.#brush.globalAlpha = 1;
    this.#write(caption, { ...label, x: label.x + 8, width: label.width - 16 }, { size: 14, colour: LIGHT });
  }

  /** @param {string} words */
  #nothing(words) {
    this.#write(
      words,
      { x: 40, y: HEIGHT / 2 - 60, width: WIDTH - 80, height: 60 },
      { size: 32, colour: SOFT, align: "center" },
    );
  }

  /** @param {Scene} scene @param {import("./layout.js").Box} bar */
  #bar({ names, number }, bar) {
    this.#fill(BAR, bar);
    const now = new Date(serverClock.now).toISOString().slice(0, 19).replace("T", " ");
    this.#write(number, { ...bar, x: 16, width: 180 }, { size: 20, colour: LIGHT, align: "left", direction: "ltr" });
    this.#write(
      names.map(isolated).join(" · "),
      { ...bar, x: 200, width: WIDTH - 480 },
      { size: 18, colour: SOFT, align: "center" },
    );
    this.#write(
      `${now} UTC`,
      { ...bar, x: WIDTH - 266, width: 250 },
      { size: 18, colour: LIGHT, align: "right", direction: "ltr" },
    );
  }

  /** @param {string} colour @param {import("./layout.js").Box} box */
  #fill(colour, { x, y, width, height }) {
    this.#brush.fillStyle = colour;
    this.#brush.fillRect(x, y, width, height);
  }

  /**
   * Words run as the page does, unless they say otherwise: a number or a time is read from the left on every page.
   * @param {string} text @param {import("./layout.js").Box} box
   * @param {{size: number, colour: string, align?: CanvasTextAlign, direction?: "rtl" | "ltr"}} how
   */
  #write(text, { x, y, width, height }, { size, colour, align = "start", direction = this.#direction }) {
    const brush = this.#brush;
    const isRight = align === "right" || (align === "start" && direction === "rtl");
    brush.direction = direction;
    brush.font = `${size}px ${FONT}`;
    brush.fillStyle = colour;
    brush.textBaseline = "middle";
    brush.textAlign = align;
    brush.fillText(text, align === "center" ? x + width / 2 : isRight ? x + width : x, y + height / 2, width);
  }
}

/** @param {HTMLCanvasElement} canvas */
function brushOf(canvas) {
  const brush = canvas.getContext("2d", { alpha: false });
  if (!brush) throw new TypeError("There is nothing to draw with here.");
  return brush;
}
