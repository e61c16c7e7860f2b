// What time it is on the server. A person's computer may be minutes off, and what ends at a time ends by the server's
// clock: every countdown, age and "ago" of the page asks here. The server says its time with the page and over the
// socket.

// Two clocks drift apart by less than this share of the time that passes.
const DRIFT = 1e-4;

export class Clock {
  #local;
  #offset = 0;
  #error = Infinity;
  #learned = 0;

  /** @param {() => number} [local] this computer's clock, in milliseconds */
  constructor(local = () => Date.now()) {
    this.#local = local;
  }

  /** This computer's time, to remember when something was asked. */
  get local() {
    return this.#local();
  }

  /** The server's time, in milliseconds. */
  get now() {
    return this.#local() + this.#offset;
  }

  /** Whole seconds until an ISO time; never below zero. @param {string} until */
  secondsUntil(until) {
    return Math.max(0, Math.ceil((Date.parse(until) - this.now) / 1000));
  }

  /**
   * The server said its time between `sent` and `received`, so it is off by half the round trip at most. The best
   * answer is kept; one that contradicts it means that this computer's clock was set, or slept.
   * @param {string | undefined} told ISO time
   * @param {number} sent by this computer's clock
   */
  learn(told, sent, received = this.#local()) {
    const error = (received - sent) / 2;
    const offset = Date.parse(told ?? "") - (sent + received) / 2;
    if (Number.isNaN(offset) || error < 0) return;
    const kept = this.#error + Math.abs(received - this.#learned) * DRIFT;
    if (error > kept && Math.abs(offset - this.#offset) <= error + kept) return;
    this.#offset = offset;
    this.#error = error;
    this.#learned = received;
  }

  /** Something has happened on the server: it is not earlier there. @param {string} at ISO time */
  heard(at) {
    const behind = Date.parse(at) - this.now;
    if (behind > 0) this.#offset += behind;
  }
}

/** The page's. */
export const clock = new Clock();

/** @param {Document} page @param {Performance} timing when the page was asked for, and when it came */
function learnFrom(page, timing) {
  const told = page.querySelector('meta[name="server-time"]')?.getAttribute("content") ?? "";
  const [navigation] = timing.getEntriesByType("navigation");
  const Timing = globalThis.PerformanceNavigationTiming;
  if (!Timing || !(navigation instanceof Timing)) return;
  const start = Date.now() - timing.now();
  clock.learn(told, start + navigation.requestStart, start + navigation.responseStart);
}

// Absent where tests run a module without a page.
if (globalThis.document) learnFrom(document, performance);
