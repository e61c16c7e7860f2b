// How long to wait before the next attempt: longer each time, and different for every page, so that a thousand
// pages that lost the same server do not all come back in the same second.

export class Backoff {
  #first;
  #most;
  #random;
  #attempts = 0;

  /** @param {{first?: number, most?: number, random?: () => number}} [options] milliseconds */
  constructor({ first = 1_000, most = 30_000, random = Math.random } = {}) {
    this.#first = first;
    this.#most = most;
    this.#random = random;
  }

  /** @returns {number} milliseconds to wait now */
  next() {
    const ceiling = Math.min(this.#most, this.#first * 2 ** this.#attempts++);
    return Math.round(ceiling * (0.1 + 0.9 * this.#random()));
  }

  reset() {
    this.#attempts = 0;
  }
}
