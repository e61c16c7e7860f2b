// The pictures of a room: what is shared large, cameras beside it; each in a tile that can be enlarged, marked and
// saved.
import { closest, copyOf, find, findAll } from "../core/elements.js";
import { Emitter } from "../core/emitter.js";
import { tell } from "../core/regions.js";
import { Annotations } from "./annotations.js";

// How much a press enlarges, and the largest.
const STEP = 1.25;
const LARGEST = 4;

/**
 * @typedef {{activity: number, from: string, kind: string, stream: MediaStream, mine: boolean, caption: string,
 *   surface: string}} Picture
 */

/** @extends {Emitter<import("./annotations.js").AnnotationsEvents>} */
export class Stage extends Emitter {
  #place;
  #template;
  #me;
  #nameOf;
  /** @type {Map<number, {tile: HTMLElement, annotations: Annotations, from: string}>} */
  #tiles = new Map();

  /**
   * @param {HTMLElement} place @param {HTMLTemplateElement} template
   * @param {{me: string, nameOf: (key: string) => string}} options
   */
  constructor(place, template, { me, nameOf }) {
    super();
    this.#place = place;
    this.#template = template;
    this.#me = me;
    this.#nameOf = nameOf;
  }

  /** What is on it now, for the one who composes a recording. */
  get pictures() {
    return [...this.#tiles.values()].map(({ tile, from }) => ({
      from,
      kind: tile.dataset.kind ?? "",
      video: find(tile, "video"),
      isFrozen: tile.hasAttribute("data-is-frozen"),
    }));
  }

  /** @param {Picture} picture */
  show({ activity, from, kind, stream, mine, caption, surface }) {
    const { tile } = this.#tiles.get(activity) ?? this.#make(activity, from, kind, mine);
    tile.dataset.kind = kind;
    find(tile, "[data-caption]").textContent = caption;
    find(tile, "[data-surface]").textContent = surface;
    const video = find(tile, "video");
    if (video.srcObject !== stream) video.srcObject = stream;
    video.ariaLabel = caption;
    // Muted pictures may always play.
    video.play().catch(() => {});
    this.freeze(from, "");
    this.#arrange();
  }

  /** @param {number} activity */
  hide(activity) {
    const shown = this.#tiles.get(activity);
    if (!shown) return;
    if (document.fullscreenElement && shown.tile.contains(document.fullscreenElement)) document.exitFullscreen();
    find(shown.tile, "video").srcObject = null;
    shown.tile.remove();
    this.#tiles.delete(activity);
    this.#arrange();
  }

  /**
   * A picture that no longer moves is not left standing as if it did.
   * @param {string} from @param {string} words "": it moves
   */
  freeze(from, words) {
    for (const { tile, from: whose } of this.#tiles.values()) {
      if (whose !== from) continue;
      const sign = find(tile, "[data-frozen]");
      sign.textContent = words;
      sign.hidden = !words;
      tile.toggleAttribute("data-is-frozen", Boolean(words));
    }
  }

  /** @param {string} from @param {string} word @param {string} text */
  judge(from, word, text) {
    for (const { tile, from: whose } of this.#tiles.values()) {
      if (whose !== from) continue;
      const badge = find(tile, "[data-quality]");
      badge.textContent = text;
      badge.dataset.quality = word;
      badge.hidden = word === "direct";
    }
  }

  /** @param {import("./annotations.js").MarkSignal} signal @param {string} from */
  handleSignal(signal, from) {
    this.#tiles.get(signal.data.activity)?.annotations.handleSignal(signal, from);
  }

  /** @param {number} activity @param {string} from @param {string} kind @param {boolean} mine */
  #make(activity, from, kind, mine) {
    const tile = copyOf(this.#template);
    tile.dataset.activity = String(activity);
    tile.dataset.from = from;
    tile.toggleAttribute("data-mine", mine);
    const video = find(tile, "video");
    const canvas = find(tile, "canvas[data-annotations]");
    const annotations = new Annotations({ canvas, video, activity, me: this.#me, nameOf: this.#nameOf });
    annotations.on("signal", (mark) => this.emit("signal", mark));
    find(tile, "[data-view]").addEventListener("keydown", (event) => annotations.handleKey(event));
    tile.addEventListener("click", ({ target }) => this.#onClick(tile, annotations, target));
    if (kind === "camera") {
      for (const tool of tile.querySelectorAll("[data-mark], [data-wipe], [data-zoom]")) tool.remove();
    }
    const shown = { tile, annotations, from };
    this.#tiles.set(activity, shown);
    this.#place.append(tile);
    return shown;
  }

  /** @param {HTMLElement} tile @param {Annotations} annotations @param {EventTarget | null} target */
  #onClick(tile, annotations, target) {
    const button = closest(target, "button");
    if (!button) return;
    if (button.dataset.mark) this.#mark(tile, annotations, button.dataset.mark);
    else if (button.dataset.wipe !== undefined) annotations.wipe();
    else if (button.dataset.zoom) zoom(tile, button.dataset.zoom);
    else if (button.dataset.snapshot !== undefined)
      saveSnapshot(find(tile, "video"), find(tile, "[data-caption]").textContent ?? "");
    else if (button.dataset.full !== undefined) toggleFull(tile);
  }

  /** @param {HTMLElement} tile @param {Annotations} annotations @param {string} mode */
  #mark(tile, annotations, mode) {
    annotations.mode = annotations.mode === mode ? "" : mode;
    for (const button of findAll(tile, "[data-mark]")) {
      button.ariaPressed = String(button.dataset.mark === annotations.mode);
    }
  }

  /** For who shows the shared picture elsewhere: its video and its words. */
  #tell() {
    const isShared = (/** @type {HTMLElement} */ tile) => tile.dataset.kind === "screen" && !("mine" in tile.dataset);
    const screen = [...this.#tiles.values()].find(({ tile }) => isShared(tile));
    const video = screen ? find(screen.tile, "video") : null;
    tell(this.#place, "stage:changed", { stream: video?.srcObject ?? null, caption: video?.ariaLabel ?? "" });
  }

  /** Another's share takes the room; without one, their cameras do. What is sent from here stands small in a corner. */
  #arrange() {
    const tiles = [...this.#tiles.values()].map(({ tile }) => tile);
    const others = tiles.filter((tile) => !("mine" in tile.dataset));
    const shares = others.some((tile) => tile.dataset.kind === "screen");
    this.#place.hidden = !tiles.length;
    this.#place.dataset.layout = shares ? "share" : others.length ? "cameras" : "mine";
    this.#place.dataset.count = String(others.length);
    this.#place.parentElement?.toggleAttribute("data-live", others.length > 0);
    this.#tell();
  }
}

/** @param {HTMLElement} tile @param {string} way */
function zoom(tile, way) {
  const before = Number(tile.dataset.zoomed ?? 1);
  const next = way === "fit" ? 1 : way === "in" ? Math.min(LARGEST, before * STEP) : Math.max(1, before / STEP);
  tile.dataset.zoomed = String(next);
  find(tile, "[data-picture]").style.setProperty("--zoom", String(next));
  find(tile, '[data-zoom="fit"]').ariaPressed = String(next === 1);
}

/** @param {HTMLElement} tile */
function toggleFull(tile) {
  /** @type {HTMLVideoElement & {webkitEnterFullscreen?: () => void}} */
  const video = find(tile, "video");
  if (document.fullscreenElement) document.exitFullscreen();
  else if (tile.requestFullscreen) tile.requestFullscreen().catch(() => {});
  // iPhones enlarge only the picture itself.
  else video.webkitEnterFullscreen?.();
}

/** @param {HTMLVideoElement} video @param {string} name */
function saveSnapshot(video, name) {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  canvas.toBlob(
    (blob) => blob && save(blob, `${name} ${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.png`),
  );
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
