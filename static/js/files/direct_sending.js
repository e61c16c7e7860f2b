// A file through a data channel, from where the receiver says. No more is under way than the receiver has room for: its
// disk may be slower than the line.
import { BLOCK } from "./blocks.js";
import { framesOf } from "./frames.js";

// Bytes: what waits in the browser, and what has been sent and is not yet on the receiver's disk.
export const HIGH_WATER = 4 * 1024 * 1024;
export const LOW_WATER = 1024 * 1024;
export const WINDOW = 16 * BLOCK;
// Milliseconds without any progress.
const STALL = 12_000;

/** The channel broke, or nothing moves any more: another one may go on. */
export class Broken extends Error {
  name = "Broken";
}
/** The receiver's browser has no room for the file. */
export class NoRoom extends Error {
  name = "NoRoom";
}

export class DirectSending {
  #channel;
  #source;
  #gate;
  #onProgress;
  /** @type {number | null} what the receiver has */
  #got = null;
  #hasNoRoom = false;
  /** @type {(() => void)[]} */
  #waiting = [];

  /**
   * @param {RTCDataChannel} channel @param {import("./source.js").Source} source
   * @param {{gate: () => Promise<void>, onProgress: (at: number) => void}} options `gate` lets through when it is not
   *   paused
   */
  constructor(channel, source, { gate, onProgress }) {
    this.#channel = channel;
    this.#source = source;
    this.#gate = gate;
    this.#onProgress = onProgress;
    channel.binaryType = "arraybuffer";
    channel.bufferedAmountLowThreshold = LOW_WATER;
    channel.addEventListener("message", ({ data }) => this.#hear(JSON.parse(data)));
    for (const type of ["bufferedamountlow", "close", "error", "open"]) {
      channel.addEventListener(type, () => this.#wake());
    }
  }

  /**
   * Send everything; `announce` tells the site the digest before the receiver hears that this was all.
   * @param {(digest: string) => Promise<unknown>} announce
   */
  async run(announce) {
    await this.#until(() => this.#got !== null);
    await this.#source.cover(this.#got ?? 0);
    for (let offset = this.#got ?? 0; offset < this.#source.size; offset += BLOCK) {
      await this.#gate();
      const { data, digest } = await this.#source.read(offset);
      await this.#until(() => offset - (this.#got ?? 0) < WINDOW);
      for (const frame of framesOf(data)) {
        if (this.#channel.bufferedAmount > HIGH_WATER) {
          await this.#until(() => this.#channel.bufferedAmount <= LOW_WATER);
        }
        this.#send(frame);
      }
      this.#send(JSON.stringify({ block: digest }));
    }
    await announce(await this.#source.digests.whole());
    this.#send(JSON.stringify({ end: true }));
    await this.#until(() => this.#got === this.#source.size);
  }

  /** @param {{at?: number, got?: number, no?: boolean}} word */
  #hear({ at, got, no }) {
    if (no) this.#hasNoRoom = true;
    this.#got = got ?? at ?? this.#got;
    this.#onProgress(this.#got ?? 0);
    this.#wake();
  }

  /** @param {ArrayBuffer | string} frame */
  #send(frame) {
    if (this.#channel.readyState !== "open") throw new Broken();
    if (typeof frame === "string") this.#channel.send(frame);
    else this.#channel.send(frame);
  }

  #wake() {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** @param {() => boolean} fact */
  async #until(fact) {
    while (!fact()) {
      if (this.#hasNoRoom) throw new NoRoom();
      if (this.#channel.readyState === "closing" || this.#channel.readyState === "closed") throw new Broken();
      await new Promise((resolve, reject) => {
        const stalled = setTimeout(() => reject(new Broken()), STALL);
        this.#waiting.push(() => resolve(clearTimeout(stalled)));
      });
    }
    if (this.#hasNoRoom) throw new NoRoom();
  }
}
