// The sender's side of one file: its blocks, with their digests.
import { BLOCK, digestOf, Digests, hex, lengthAt } from "./blocks.js";

export class Source {
  #file;
  digests;

  /** @param {Blob} file @param {Digests} [digests] of blocks that were read before */
  constructor(file, digests = new Digests()) {
    this.#file = file;
    this.digests = digests;
  }

  get size() {
    return this.#file.size;
  }

  /** @param {number} offset @returns {Promise<{data: ArrayBuffer, digest: string}>} */
  async read(offset) {
    const data = await this.#file.slice(offset, offset + lengthAt(this.size, offset)).arrayBuffer();
    const digest = await digestOf(data);
    this.digests.set(offset / BLOCK, digest);
    return { data, digest: hex(digest) };
  }

  /** Know the digests of everything before `offset`, reading what was not read before. @param {number} offset */
  async cover(offset) {
    this.digests.cut(Math.floor(offset / BLOCK));
    while (this.digests.count * BLOCK < offset) await this.read(this.digests.count * BLOCK);
  }

  /** Whether another file begins as this one did, as far as its digests are known. @param {Blob} file */
  async begins(file) {
    if (file.size !== this.size) return false;
    const other = new Source(file);
    await other.cover(Math.min(this.size, this.digests.count * BLOCK));
    return hex(other.digests.bytes) === hex(this.digests.bytes.slice(0, other.digests.bytes.length));
  }
}
