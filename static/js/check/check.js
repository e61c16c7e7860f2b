// The connection check on a page: what is harmless runs by itself as soon as the page has nothing else to do; camera
// and microphone are asked for on a press alone. Every sentence stands in the template; this shows the true one.
import { find, findAll, maybe } from "../core/elements.js";
import { Errand } from "../core/errand.js";
import { whenDevicesChange } from "../rtc/media.js";
import { browserOf, isOld } from "./browser.js";
import { DeviceTest } from "./device_test.js";
import { afterTest, devicesOf } from "./devices.js";
import { measureEcho } from "./echo.js";
import { keepFindings } from "./findings.js";
import { reachRelayWith } from "./relay.js";

/** @typedef {import("./findings.js").Findings} Findings */
/** @typedef {import("./relay.js").Reached} Reached */

// "none" could not be looked at, and "later" not on this page, so that neither is said to work.
const WORST_FIRST = ["bad", "warn", "none", "later", "good"];
// Milliseconds for an answer, from which on voices and pictures come late.
const SLOW = 400;

class ConnectionCheck {
  #root;
  #summary;
  /** @type {{camera?: string, microphone?: string}} */
  #tested = {};
  // All of it has been looked at once, or something was tried out or has changed later.
  onDone = () => {};

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    this.#summary = find(root, "[data-row=summary]");
    const test = new DeviceTest(find(root, "[data-device-test]"));
    test.onFound = (found) => {
      this.#tested = found;
      this.#tell(found, found);
      this.onDone();
    };
    root.hidden = false;
  }

  async run() {
    this.#show("summary", "checking");
    const browser = browserOf();
    const old = isOld(browser, this.#root.dataset.oldest ?? "");
    this.#tell({ ...browser }, { browser: old ? "old" : "current" });
    const looks = new Errand(() => this.#lookAgain());
    whenDevicesChange(() => looks.ask("devices"));
    await Promise.all([this.#runDevices(), this.#runEcho(), this.#runRelay()]);
    this.#sumUp();
    this.onDone();
  }

  async #lookAgain() {
    await this.#runDevices();
    this.onDone();
    return null;
  }

  async #runDevices() {
    const found = afterTest(await devicesOf(), this.#tested);
    const screen = found.screen === "no" && found.phone === "yes" ? "phone" : found.screen;
    this.#tell(found, { camera: found.camera, microphone: found.microphone, screen });
  }

  async #runEcho() {
    const found = await measureEcho(this.#root.dataset.echo ?? "");
    for (const place of findAll(this.#root, "[data-rtt]")) place.textContent = String(found.rtt ?? "");
    const word = found.socket === "ok" && (found.rtt ?? 0) > SLOW ? "slow" : found.socket;
    this.#tell(found, { socket: word ?? "unknown" });
  }

  async #runRelay() {
    const { relayUrl, relayPass } = this.#root.dataset;
    if (!relayUrl || !relayPass) return;
    try {
      const found = await reachRelayWith(relayUrl, relayPass);
      this.#tell(found, { relay: wordOf(found) });
    } catch {
      // Refused, or no page that can connect at all: then nothing is known of the relay.
      this.#show("relay", "unknown");
    }
  }

  /** @param {Findings} found @param {Record<string, string>} words by row */
  #tell(found, words) {
    keepFindings(found);
    for (const [row, word] of Object.entries(words)) this.#show(row, word);
    this.#sumUp();
  }

  /** As good as the worst of its rows; while some are waiting, it goes on checking. */
  #sumUp() {
    const rows = findAll(this.#root, "[data-row]").filter((row) => row !== this.#summary && !row.hidden);
    const levels = rows.map((row) => row.dataset.level ?? "");
    if (levels.includes("waiting")) return;
    this.#show("summary", WORST_FIRST.find((level) => levels.includes(level)) ?? "good");
  }

  /** @param {string} name @param {string} word */
  #show(name, word) {
    const row = maybe(this.#root, `[data-row="${name}"]`);
    if (!row) return;
    for (const each of findAll(row, "[data-says]")) {
      const isTrue = each.dataset.says?.split(" ").includes(word) ?? false;
      each.hidden = !isTrue;
      if (isTrue) row.dataset.level = each.dataset.level;
    }
  }
}

/** @param {{udp?: Reached, tcp?: Reached}} found */
function wordOf({ udp, tcp }) {
  if (udp === "reached") return "reached";
  return tcp === "reached" ? "tcp" : "unreached";
}

/** Check on this page, if it has a check, as soon as it has nothing else to do. */
export function checkWhenIdle() {
  const root = maybe(document, "[data-check]");
  if (!root) return null;
  const check = new ConnectionCheck(root);
  whenIdle(() => check.run());
  return check;
}

/** @param {() => void} act */
function whenIdle(act) {
  const soon = () => (globalThis.requestIdleCallback ?? setTimeout)(act);
  if (document.readyState === "complete") soon();
  else globalThis.addEventListener("load", soon, { once: true });
}
