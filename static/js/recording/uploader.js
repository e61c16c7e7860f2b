// The pieces of one segment on their way to the site: numbered, one after another, each again until the site has it.
import { Backoff } from "../core/backoff.js";
import { Emitter } from "../core/emitter.js";
import { pause } from "../core/pause.js";

// Bytes the site takes at once.
const LARGEST = 1024 * 1024;

/**
 * stuck: a refusal that may pass, once until it has passed. failed: one that will not.
 * @typedef {{stuck: {message?: string}, failed: {message?: string}}} UploaderEvents
 */

/** @extends {Emitter<UploaderEvents>} */
export class Uploader extends Emitter {
  #send;
  #wait;
  #largest;
  #backoff = new Backoff({ most: 8_000 });
  /** @type {Blob[]} */
  #pieces = [];
  #number = 0;
  #isStuck = false;
  #hasFailed = false;
  /** @type {Promise<void> | null} */
  #sending = null;

  /**
   * @param {(number: number, piece: Blob) => Promise<unknown>} send
   * @param {{wait?: (ms: number) => Promise<unknown>, largest?: number}} [options]
   */
  constructor(send, { wait = pause, largest = LARGEST } = {}) {
    super();
    this.#send = send;
    this.#wait = wait;
    this.#largest = largest;
  }

  /** @param {Blob} blob */
  put(blob) {
    if (this.#hasFailed) return;
    for (let at = 0; at < blob.size; at += this.#largest) {
      this.#pieces.push(blob.slice(at, at + this.#largest, blob.type));
    }
    if (this.#pieces.length) this.#sending ??= this.#sendAll();
  }

  /** When nothing waits any more. */
  get settled() {
    return this.#sending ?? Promise.resolve();
  }

  async #sendAll() {
    while (this.#pieces.length) await this.#sendFirst(this.#pieces[0]);
    this.#sending = null;
  }

  /** @param {Blob} piece */
  async #sendFirst(piece) {
    try {
      await this.#send(this.#number, piece);
      this.#pieces.shift();
      this.#number += 1;
      this.#isStuck = false;
      this.#backoff.reset();
    } catch (refusal) {
      // Without space the site has ended the recording.
      if (!refusal.isPassing || refusal.code === "no_space_left") return this.#fail(refusal);
      if (!this.#isStuck) this.emit("stuck", refusal);
      this.#isStuck = true;
      await this.#wait(this.#backoff.next());
    }
  }

  /** @param {{message?: string}} refusal */
  #fail(refusal) {
    this.#hasFailed = true;
    this.#pieces = [];
    this.emit("failed", refusal);
  }
}
