// Which browser this is, and whether the site supports it. What it says of itself is a word of the site's.

/** @typedef {{browser: string, version?: number, system: string}} Browser */

// The first that matches: nearly all say that they are Chrome or Safari as well.
/** @type {[string, RegExp][]} */
const BROWSERS = [
  ["edge", /\bEdg(?:A|iOS)?\/(\d+)/],
  ["opera", /\b(?:OPR|OPT)\/(\d+)/],
  ["samsung", /\bSamsungBrowser\/(\d+)/],
  ["firefox", /\b(?:Firefox|FxiOS)\/(\d+)/],
  ["chrome", /\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/],
  ["safari", /\bVersion\/(\d+)[.\d]* (?:Mobile\/\w+ )?Safari\//],
];
/** @type {[string, RegExp][]} */
const SYSTEMS = [
  ["ios", /\b(?:iPhone|iPad|iPod)\b/],
  ["android", /\bAndroid\b/],
  ["chromeos", /\bCrOS\b/],
  ["windows", /\bWindows\b/],
  ["macos", /\bMacintosh\b/],
  ["linux", /\bLinux\b/],
];

/**
 * @param {{userAgent?: string, maxTouchPoints?: number}} [navigator]
 * @returns {Browser}
 */
export function browserOf({ userAgent = "", maxTouchPoints = 0 } = globalThis.navigator) {
  const [browser = "other", sign] = BROWSERS.find(([, sign]) => sign.test(userAgent)) ?? [];
  const version = Number(sign?.exec(userAgent)?.[1]);
  const [system = "other"] = SYSTEMS.find(([, sign]) => sign.test(userAgent)) ?? [];
  // An iPad says that it is a Mac.
  const isTablet = system === "macos" && maxTouchPoints > 1;
  return { browser, ...(version ? { version } : {}), system: isTablet ? "ios" : system };
}

/**
 * The time zone of this device, by its IANA name; nothing where the browser keeps it to itself.
 * @param {{timeZone?: string}} [options]
 * @returns {Record<string, string>}
 */
export function zoneOf({ timeZone = "" } = new Intl.DateTimeFormat().resolvedOptions()) {
  return timeZone ? { zone: timeZone } : {};
}

/**
 * One that nobody knows is taken for a current one. On an iPhone or iPad, browsers other than Safari count by numbers
 * of their own.
 * @param {Browser} found @param {string} oldest "chrome 125 firefox 128 …"
 */
export function isOld({ browser, version, system }, oldest) {
  const words = oldest.split(" ");
  const least = Number(words[words.indexOf(browser) + 1]);
  const counts = system !== "ios" || browser === "safari";
  return counts && words.includes(browser) && version !== undefined && version < least;
}
