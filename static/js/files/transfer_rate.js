// How fast something goes, and how long it will take: over the last seconds, so that a pause or a fast start misleads
// nobody.

// Milliseconds
const SPAN = 5_000;

export class TransferRate {
  /** @type {{at: number, time: number}[]} */
  #marks = [];

  /** @param {number} at bytes so far @param {number} [time] milliseconds */
  mark(at, time = performance.now()) {
    if (this.#marks.length && at < this.#marks[this.#marks.length - 1].at) this.reset();
    this.#marks.push({ at, time });
    while (this.#marks.length > 2 && this.#marks[1].time <= time - SPAN) this.#marks.shift();
  }

  reset() {
    this.#marks = [];
  }

  /** Bytes a second; 0 when it is not known. */
  get bytesPerSecond() {
    const [first, last] = [this.#marks[0], this.#marks[this.#marks.length - 1]];
    return last && last.time > first.time ? ((last.at - first.at) * 1000) / (last.time - first.time) : 0;
  }

  /** Seconds; null when it is not known. @param {number} size */
  left(size) {
    const last = this.#marks[this.#marks.length - 1];
    return this.bytesPerSecond ? Math.ceil((size - last.at) / this.bytesPerSecond) : null;
  }
}
