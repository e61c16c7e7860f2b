// What goes through a data channel: a block in frames that every browser takes, and words about it as JSON texts.
//   receiver → sender   {"at": n}  send from here · {"got": n}  written up to here · {"no": true}  cannot be kept here
//   sender → receiver   frames · {"block": "<sha-256>"}  these were a block · {"end": true}  that was all

export const FRAME = 64 * 1024;

/** @param {ArrayBuffer} block @returns {Generator<ArrayBuffer>} */
export function* framesOf(block) {
  for (let start = 0; start < block.byteLength; start += FRAME) yield block.slice(start, start + FRAME);
}

/** Puts frames together again. */
export class Gathered {
  /** @type {ArrayBuffer[]} */
  #frames = [];
  #length = 0;

  get length() {
    return this.#length;
  }

  /** @param {ArrayBuffer} frame */
  add(frame) {
    this.#frames.push(frame);
    this.#length += frame.byteLength;
  }

  /** What has been gathered, as one; it is empty then. */
  take() {
    const block = new Uint8Array(this.#length);
    let place = 0;
    for (const frame of this.#frames) {
      block.set(new Uint8Array(frame), place);
      place += frame.byteLength;
    }
    this.#frames = [];
    this.#length = 0;
    return block.buffer;
  }
}
