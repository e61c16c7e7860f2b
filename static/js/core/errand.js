// What a page asks for whenever something has changed: one request at a time, so that no older answer comes after a
// newer one. What is wanted meanwhile goes with the next; what failed for the moment is asked for again.
import { Backoff } from "./backoff.js";
import { pause } from "./pause.js";

// Milliseconds: one action often records several events.
const BURST = 30;
const MAX_ATTEMPTS = 5;

/** @template Thing */
export class Errand {
  #run;
  #rest;
  /** @type {Set<Thing>} */
  #wanted = new Set();
  #isRunning = false;

  /**
   * @param {(wanted: Thing[]) => Promise<import("./http.js").Refusal | null>} run null: all is there
   * @param {{rest?: number}} [options] rest: milliseconds between one and the next, however often they are wanted
   */
  constructor(run, { rest = 0 } = {}) {
    this.#run = run;
    this.#rest = rest;
  }

  /** @param {Thing} thing */
  ask(thing) {
    this.#wanted.add(thing);
    if (!this.#isRunning) this.#go();
  }

  async #go() {
    this.#isRunning = true;
    const backoff = new Backoff();
    let attempts = 0;
    while (this.#wanted.size) {
      await pause(attempts ? backoff.next() : BURST);
      const wanted = [...this.#wanted];
      this.#wanted.clear();
      const refusal = await this.#run(wanted);
      if (this.#rest) await pause(this.#rest);
      attempts = refusal ? attempts + 1 : 0;
      if (refusal?.isPassing && attempts < MAX_ATTEMPTS) wanted.forEach((thing) => this.#wanted.add(thing));
    }
    this.#isRunning = false;
  }
}
