// What the person is told of and how, as they have chosen it (/notifications/). Until that is known, all is told.
import { clock } from "../core/clock.js";

/**
 * @typedef {"joined" | "door" | "wrote" | "answered" | "lost" | "opened" | "assistant" | "asked" | "offer"} Kind
 * @typedef {{from: string, until: string, zone: string}} QuietHours times as 22:00
 */

/** Told at any hour: it is held out to those alone who are Available, and somebody waits. @type {Kind[]} */
const AT_ANY_HOUR = ["offer"];

export class Choices {
  /** @type {string[]} */
  #silent = [];
  /** @type {string[]} */
  #unshown = [];
  /** @type {QuietHours | null} */
  #quiet = null;
  #clock;

  /** @param {{now: number}} [time] */
  constructor(time = clock) {
    this.#clock = time;
  }

  /** @param {DOMStringMap | Record<string, string>} told by the server */
  learn({ silent = "", unshown = "", quietFrom, quietUntil, quietZone }) {
    this.#silent = silent.split(" ");
    this.#unshown = unshown.split(" ");
    const isQuiet = quietFrom && quietUntil && quietZone;
    this.#quiet = isQuiet ? { from: minutes(quietFrom), until: minutes(quietUntil), zone: quietZone } : null;
  }

  /** @param {Kind} kind */
  mayShow(kind) {
    return !this.#unshown.includes(kind) && !this.#isQuietFor(kind);
  }

  /** @param {Kind} kind */
  maySound(kind) {
    return !this.#silent.includes(kind) && !this.#isQuietFor(kind);
  }

  /** @param {Kind} kind */
  #isQuietFor(kind) {
    return this.#quiet !== null && !AT_ANY_HOUR.includes(kind) && isQuiet(this.#clock.now, this.#quiet);
  }
}

/** As the server reckons (accounts/quiet_hours.py). @param {number} now @param {QuietHours} hours */
export function isQuiet(now, { from, until, zone }) {
  const at = timeIn(zone, now);
  if (at === null) return false;
  return from < until ? from <= at && at < until : at >= from || at < until;
}

/** @param {string} zone @param {number} now @returns {string | null} null: this browser knows no such zone */
function timeIn(zone, now) {
  try {
    const format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    return format.format(now);
  } catch {
    return null;
  }
}

/** @param {string} time */
function minutes(time) {
  return time.slice(0, "00:00".length);
}

/** The page's. */
export const choices = new Choices();
