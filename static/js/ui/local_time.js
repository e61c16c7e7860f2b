// <time datetime data-time="clock | date | moment | since | running | short">: in the reader's own clock; digits 0-9.
// <time data-time="there" data-zone="Asia/Amman">: what a clock there shows now.
import { clock } from "../core/clock.js";
import { findAll, isElement } from "../core/elements.js";

const HERE = document.documentElement.lang || "en";
const LANGUAGE = `${HERE}-u-nu-latn`;
const COMMA = HERE === "ar" ? "،" : ",";
/** @type {Intl.DateTimeFormatOptions} */
const HOURS = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const CLOCK = new Intl.DateTimeFormat(LANGUAGE, HOURS);
const MONTH = new Intl.DateTimeFormat(LANGUAGE, { month: "short" });
const SINCE = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" });

/** @type {Record<string, (at: Date, zone: string) => string>} */
const FACES = {
  clock: (at) => CLOCK.format(at),
  date,
  moment,
  since: (at) => since(clock.now - at.getTime()),
  running: (at) => running(clock.now - at.getTime()),
  short: (at) => short(clock.now - at.getTime()),
  there: (_at, zone) => there(zone),
};
// Which go on by themselves.
const MOVING = ["moment", "running", "since", "short", "there"];
/** @type {ReturnType<typeof setInterval> | undefined} */
let ticking;

/** Write every time in `root` again. @param {ParentNode} [root] */
export function showTimes(root = document) {
  findAll(root, "time[data-time]").forEach(show);
}

/** @param {HTMLTimeElement} element */
function show(element) {
  const at = new Date(element.dateTime);
  const name = element.dataset.time ?? "";
  const face = FACES[name];
  if (!face || Number.isNaN(at.getTime())) return;
  const text = face(at, element.dataset.zone ?? "");
  if (text && element.textContent !== text) element.textContent = text;
  if (!element.title) element.title = date(at);
  if (MOVING.includes(name)) ticking ??= setInterval(showMoving, 1000);
}

function showMoving() {
  for (const face of MOVING) findAll(document, `time[data-time="${face}"]`).forEach(show);
}

/** What a clock shows then. @param {number} at milliseconds */
export function onTheClock(at) {
  return CLOCK.format(at);
}

/** As the site's own formats have it (supportcenter/formats): 30 Nov 2026, 06:18. @param {Date} at */
function date(at) {
  return `${at.getDate()} ${MONTH.format(at)} ${at.getFullYear()}${COMMA} ${CLOCK.format(at)}`;
}

/** Of today the clock says enough. @param {Date} at */
function moment(at) {
  return at.toDateString() === new Date(clock.now).toDateString() ? CLOCK.format(at) : date(at);
}

/** @param {number} ms */
function since(ms) {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return SINCE.format(-minutes, "minute");
  if (minutes < 36 * 60) return SINCE.format(-Math.round(minutes / 60), "hour");
  return SINCE.format(-Math.round(minutes / 1440), "day");
}

/** Nothing in a browser that knows fewer zones than the site: the time of the page stays. @param {string} zone */
function there(zone) {
  try {
    return new Intl.DateTimeFormat(LANGUAGE, { ...HOURS, timeZone: zone }).format(clock.now);
  } catch {
    return "";
  }
}

/** As a clock that runs: 4:07, 1:04:07. @param {number} ms */
function running(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [first, ...rest] = parts[0] ? parts : parts.slice(1);
  return [first, ...rest.map((part) => String(part).padStart(2, "0"))].join(":");
}

/** In little room: 4:07, and from an hour on, without seconds, 1:04. @param {number} ms */
function short(ms) {
  return running(ms).replace(/^(\d+:\d\d):\d\d$/, "$1");
}

document.addEventListener("region:refreshed", ({ target }) => isElement(target) && showTimes(target));

// Chat lines and whatever else arrives later are seen too.
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element) showIn(node);
}).observe(document.documentElement, { childList: true, subtree: true });

/** @param {Element} node */
function showIn(node) {
  if (node instanceof HTMLTimeElement) show(node);
  showTimes(node);
}

showTimes();
