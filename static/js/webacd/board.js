// A page that looks again when the board has changed: at most once a second (or as its page says), and whenever its
// connection is back.
import { EventStream } from "../core/event_stream.js";
import { giveWay } from "../core/giving_way.js";
import { Regions } from "../core/regions.js";

const AT_MOST_EVERY_MS = 1_000;
// Waiting times and figures go on by themselves.
const AT_LEAST_EVERY_MS = 15_000;

export class Board {
  #root;
  #names;
  #atMostEvery;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;

  /**
   * @param {HTMLElement} root with data-socket and data-position
   * @param {string} [names] selector of the regions that the board's signal concerns
   * @param {{atMostEvery?: number}} [options] milliseconds
   */
  constructor(root, names = "[data-region-url]", { atMostEvery = AT_MOST_EVERY_MS } = {}) {
    this.#atMostEvery = atMostEvery;
    this.#root = root;
    this.#names = names;
    this.stream = new EventStream(root.dataset.socket ?? "", { after: Number(root.dataset.position) });
    this.regions = new Regions(root, this.stream);
    this.stream.on("signal:board.changed", () => this.#lookSoon());
    this.stream.on("following", () => this.#onFollowing());
    this.stream.on("lost", () => (root.dataset.connection = "reconnecting"));
    giveWay(root, this.stream);
    this.stream.onAny(["reload", "signed-out", "forbidden"], () => location.reload());
    setInterval(() => document.hidden || this.look(), AT_LEAST_EVERY_MS);
  }

  open() {
    this.stream.open();
  }

  look() {
    for (const region of this.#root.querySelectorAll(this.#names)) {
      // A choice that somebody is about to make is left alone.
      if (!region.contains(document.activeElement) || !document.activeElement?.matches("select")) {
        this.regions.refresh(region);
      }
    }
  }

  #onFollowing() {
    this.#root.dataset.connection = "live";
    this.#lookSoon();
  }

  #lookSoon() {
    if (this.#waiting) return;
    this.#waiting = setTimeout(() => {
      this.#waiting = undefined;
      this.look();
    }, this.#atMostEvery);
  }
}
