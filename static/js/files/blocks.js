// How a file is checked on its way: in blocks, each with its SHA-256. `sessions_app/storage/block_digests.py` does the
// same.

export const BLOCK = 1024 * 1024;
const DIGEST_BYTES = 32;

/** @param {number} size of the file @param {number} offset @returns {number} 0 where no block begins */
export function lengthAt(size, offset) {
  return offset % BLOCK === 0 && offset >= 0 && offset < size ? Math.min(BLOCK, size - offset) : 0;
}

/** @param {BufferSource} bytes */
export async function digestOf(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The digests of a file's blocks in order; together they make that of the file. */
export class Digests {
  #bytes = new Uint8Array(64 * DIGEST_BYTES);
  #count = 0;

  /** @param {Uint8Array} [bytes] those that are known already */
  constructor(bytes = new Uint8Array()) {
    this.#count = Math.floor(bytes.length / DIGEST_BYTES);
    this.#makeRoom(this.#count);
    this.#bytes.set(bytes.subarray(0, this.#count * DIGEST_BYTES));
  }

  get count() {
    return this.#count;
  }

  get bytes() {
    return this.#bytes.slice(0, this.#count * DIGEST_BYTES);
  }

  /**
   * Of the block with this number; later ones are forgotten.
   * @param {number} index @param {Uint8Array<ArrayBuffer>} digest
   */
  set(index, digest) {
    if (index > this.#count) throw new RangeError(`block ${index} after ${this.#count}`);
    this.#makeRoom(index + 1);
    this.#bytes.set(digest, index * DIGEST_BYTES);
    this.#count = index + 1;
  }

  /** @param {number} count */
  cut(count) {
    this.#count = Math.min(this.#count, count);
  }

  /** @returns {Promise<string>} the file's digest */
  async whole() {
    return hex(await digestOf(this.bytes));
  }

  /** @param {number} count */
  #makeRoom(count) {
    if (count * DIGEST_BYTES <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * count * DIGEST_BYTES);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
