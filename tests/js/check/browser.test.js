import assert from "node:assert/strict";
import { test } from "node:test";

import { browserOf, isOld, zoneOf } from "../../../static/js/check/browser.js";

const CHROMIUM = "AppleWebKit/537.36 (KHTML, like Gecko)";
const APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const WINDOWS = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROMIUM} Chrome/148.0.0.0 Safari/537.36`;
const ANDROID = `Mozilla/5.0 (Linux; Android 10; K) ${CHROMIUM} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36`;
const MAC = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${APPLE} Version/18.5 Safari/605.1.15`;
const IPHONE = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${APPLE}`;
const AGENTS = [
  [WINDOWS, "chrome", 148, "windows"],
  [`${WINDOWS} Edg/147.0.0.0`, "edge", 147, "windows"],
  [ANDROID, "samsung", 28, "android"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "firefox", 140, "linux"],
  [MAC, "safari", 18, "macos"],
  [`${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1`, "safari", 18, "ios"],
  [`${IPHONE} CriOS/99.0 Mobile/15E148 Safari/604.1`, "chrome", 99, "ios"],
];

for (const [userAgent, browser, version, system] of AGENTS) {
  test(`${browser} ${version} on ${system}`, () => {
    assert.deepEqual(browserOf({ userAgent, maxTouchPoints: 0 }), { browser, version, system });
  });
}

test("an iPad that says it is a Mac is told by its fingers", () => {
  assert.equal(browserOf({ userAgent: MAC, maxTouchPoints: 5 }).system, "ios");
});

test("what nobody knows is neither named nor old", () => {
  const found = browserOf({ userAgent: "Curl/8", maxTouchPoints: 0 });
  assert.deepEqual(found, { browser: "other", system: "other" });
  assert.equal(isOld(found, "chrome 125"), false);
});

test("old is what is below the least version, except on an iPhone, where the numbers are others", () => {
  const oldest = "chrome 125 firefox 128";
  assert.equal(isOld({ browser: "chrome", version: 124, system: "windows" }, oldest), true);
  assert.equal(isOld({ browser: "chrome", version: 125, system: "windows" }, oldest), false);
  assert.equal(isOld({ browser: "chrome", version: 99, system: "ios" }, oldest), false);
});

test("a browser tells its time zone, unless it keeps it to itself", () => {
  assert.deepEqual(zoneOf({ timeZone: "Asia/Amman" }), { zone: "Asia/Amman" });
  assert.deepEqual(zoneOf({ timeZone: undefined }), {});
  assert.deepEqual(zoneOf(), { zone: new Intl.DateTimeFormat().resolvedOptions().timeZone });
});
