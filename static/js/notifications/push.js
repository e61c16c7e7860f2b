// Web Push: this browser is told of offers while no page of the site is open on it (E65). Where notifications are
// allowed it is on, until somebody switches it off on this device.
import { deviceStorage } from "../core/device_storage.js";
import { getJson, post, Refusal } from "../core/http.js";

/**
 * How things stand. missing: the browser has none; insecure: none without HTTPS; unset: the site has none; ask: it has
 * not been asked whether to notify; denied: it does not allow it; away: its push service gives no address.
 * @typedef {"on" | "off" | "missing" | "insecure" | "unset" | "ask" | "denied" | "away"} State
 * @typedef {{key: string, endpoint: string, accepted: boolean, fault: string}} Device as the server has it
 * @typedef {Pick<import("./notifier.js").Notifier, "permission" | "registration">} Ways
 */

const OFF = "push-off";
// The sign-in and the address that the server has been told, so that no page tells it again.
const TOLD = "push-told";
// When the server was last asked whether it still has it, and after how many milliseconds it is asked again.
const ASKED = "push-asked";
const ASK_AGAIN = 3_600_000;
// Milliseconds between two looks at what became of a test, and how many there are.
const SOON = 1_000;
const LOOKS = 20;

export class Push {
  #address;
  #key;
  #mark;
  #notifier;
  #storage;

  /** @param {DOMStringMap | Record<string, string>} texts @param {Ways} notifier */
  constructor({ push = "", pushKey = "", pushMark = "" }, notifier, storage = deviceStorage) {
    this.#address = push;
    this.#key = pushKey;
    this.#mark = pushMark;
    this.#notifier = notifier;
    this.#storage = storage;
  }

  /** Subscribe, or tell the server what it does not know yet; whatever comes of it, the page goes on. */
  async keep() {
    if (this.#obstacle) return;
    await this.#subscribe().catch((error) => console.warn("push", error.name));
  }

  /** @returns {Promise<State>} */
  async state() {
    if (this.#obstacle) return this.#obstacle;
    const [mine, { endpoint }] = await Promise.all([this.#found(), this.look()]);
    return mine && mine.endpoint === endpoint ? "on" : "away";
  }

  /** @returns {Promise<Device>} */
  look() {
    return getJson(this.#address);
  }

  /** After a press, also where the server has lost what it was told: its push service may have said that it is gone. */
  async turnOn() {
    const { endpoint } = await this.look();
    if (!endpoint) await this.#drop();
    this.#storage.setItem(OFF, "");
    this.#storage.setItem(TOLD, "");
    await this.keep();
  }

  async turnOff() {
    this.#storage.setItem(OFF, "yes");
    this.#storage.setItem(TOLD, "");
    // The server first: the browser may be offline, or want it never to end.
    await post(`${this.#address}stop/`);
    await this.#drop();
  }

  /** Have a test sent to this browser. */
  try() {
    return post(`${this.#address}test/`);
  }

  /** Why nothing is pushed here. @returns {State | null} */
  get #obstacle() {
    if (!globalThis.isSecureContext) return "insecure";
    if (!("PushManager" in globalThis) || this.#notifier.permission === "missing") return "missing";
    if (!this.#key) return "unset";
    if (this.#notifier.permission === "denied") return "denied";
    if (this.#notifier.permission !== "granted") return "ask";
    return this.#storage.getItem(OFF) ? "off" : null;
  }

  async #found() {
    const registration = await this.#notifier.registration();
    return (await registration?.pushManager.getSubscription().catch(() => null)) ?? null;
  }

  async #drop() {
    await (await this.#found())?.unsubscribe().catch(() => {});
  }

  /** Whether the server still has what it was told. Asked now and then: it drops what its push service calls gone. */
  async #isKnown(/** @type {PushSubscription} */ mine) {
    if (this.#storage.getItem(TOLD) !== this.#told(mine)) return false;
    if (Date.now() - Number(this.#storage.getItem(ASKED)) < ASK_AGAIN) return true;
    const { endpoint } = await this.look();
    // The address that it has dropped is good for nothing.
    if (!endpoint) await mine.unsubscribe().catch(() => {});
    this.#storage.setItem(ASKED, String(Date.now()));
    return endpoint === mine.endpoint;
  }

  #told(/** @type {PushSubscription} */ { endpoint }) {
    return `${this.#mark} ${endpoint}`;
  }

  async #subscribe() {
    const manager = (await this.#notifier.registration())?.pushManager;
    if (!manager) return;
    let mine = await manager.getSubscription();
    // One for another key: the site has got another secret key.
    if (mine && !isFor(this.#key, mine)) {
      await mine.unsubscribe();
      mine = null;
    }
    if (mine && (await this.#isKnown(mine))) return;
    // One that is there is given again; one that was dropped meanwhile is not.
    mine = await manager.subscribe({ userVisibleOnly: true, applicationServerKey: this.#key });
    const { endpoint = "", keys } = mine.toJSON();
    await post(this.#address, { endpoint, ...keys });
    this.#storage.setItem(TOLD, this.#told(mine));
    this.#storage.setItem(ASKED, String(Date.now()));
  }
}

/**
 * The service worker asks each page whether it hears what happens, before it shows what is pushed.
 * @param {{isFollowing: boolean}} stream of the person
 */
export function answerWorker(stream) {
  navigator.serviceWorker?.addEventListener("message", ({ data, ports }) => {
    if (data?.asks === "hears") ports[0]?.postMessage(stream.isFollowing);
  });
}

/**
 * What became of a test, by the push service's own answer.
 * @param {Pick<Push, "look">} push @param {DOMStringMap | Record<string, string>} texts
 * @param {(milliseconds: number) => Promise<void>} wait
 */
export async function resultOf(push, { textSent, textUnsent, textGone, textUnanswered }, wait) {
  for (let look = 0; look < LOOKS; look += 1) {
    const { accepted, fault, endpoint } = await push.look();
    if (accepted) return textSent ?? "";
    if (fault) return (textUnsent ?? "").replace("{fault}", () => fault);
    if (!endpoint) return textGone ?? "";
    await wait(SOON);
  }
  return textUnanswered ?? "";
}

/** What went wrong, in a sentence. @param {Error} error @param {DOMStringMap | Record<string, string>} texts */
export function wordsFor(error, { textFailed = "" }) {
  return (error instanceof Refusal && error.message) || textFailed;
}

/** @param {string} key base64url @param {PushSubscription} subscription */
function isFor(key, { options }) {
  const bytes = options.applicationServerKey;
  // A browser that does not say is believed.
  if (!bytes) return true;
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === key;
}
