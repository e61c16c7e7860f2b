import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Push } from "../../../static/js/notifications/push.js";

const KEY = "BAEC_-A"; // any bytes
const BYTES = Uint8Array.from(atob(KEY.replaceAll("-", "+").replaceAll("_", "/").padEnd(8, "=")), (c) =>
  c.charCodeAt(0),
).buffer;
const TEXTS = { push: "/notifications/push/", pushKey: KEY, pushMark: "mark-1" };
const globals = ["PushManager", "isSecureContext", "fetch", "document"];
const before = globals.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);

/** What the server was asked, and has. */
let asked, known;

beforeEach(() => {
  [asked, known] = [[], ""];
  set("PushManager", class {});
  set("isSecureContext", true);
  set("document", { cookie: "", querySelector: () => null });
  set("fetch", async (url, { method = "GET", body } = {}) => {
    asked.push([method, url, body ? Object.fromEntries(body) : null]);
    if (method === "POST") known = url === TEXTS.push ? body.get("endpoint") : "";
    return Response.json({ key: KEY, endpoint: known, accepted: false, fault: "" });
  });
});
afterEach(() => {
  for (const [name, own] of before) {
    if (own) Object.defineProperty(globalThis, name, own);
    else delete globalThis[name];
  }
});

function set(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

function storage(kept = {}) {
  return { getItem: (name) => kept[name] ?? null, setItem: (name, value) => (kept[name] = value) };
}

/** A browser's subscription, and who gives it. */
class Manager {
  given = 0;
  constructor(mine = null) {
    this.mine = mine;
  }
  subscription(endpoint, key = BYTES) {
    return {
      endpoint,
      options: { applicationServerKey: key },
      toJSON: () => ({ endpoint, keys: { p256dh: "p", auth: "a" } }),
      unsubscribe: async () => ((this.mine = null), true),
    };
  }
  async getSubscription() {
    return this.mine;
  }
  async subscribe(options) {
    if (this.mine) return this.mine;
    this.given += 1;
    this.options = options;
    return (this.mine = this.subscription(`https://push.example/${this.given}`));
  }
}

function notifier(manager, permission = "granted") {
  return { permission, registration: async () => manager && { pushManager: manager } };
}

const subscribes = ["POST", TEXTS.push, { endpoint: "https://push.example/1", p256dh: "p", auth: "a" }];

test("where notifications are allowed it subscribes with the site's key, and tells the server once", async () => {
  const [manager, kept] = [new Manager(), storage()];
  await new Push(TEXTS, notifier(manager), kept).keep();
  assert.deepEqual(manager.options, { userVisibleOnly: true, applicationServerKey: KEY });
  assert.deepEqual(asked, [subscribes]);
  await new Push(TEXTS, notifier(manager), kept).keep();
  assert.equal(asked.length, 1);
});

test("after another sign-in it tells the server again, by the subscription that there is", async () => {
  const [manager, kept] = [new Manager(), storage()];
  await new Push(TEXTS, notifier(manager), kept).keep();
  await new Push({ ...TEXTS, pushMark: "mark-2" }, notifier(manager), kept).keep();
  assert.deepEqual(asked, [subscribes, subscribes]);
  assert.equal(manager.given, 1);
});

test("what the server has dropped is exchanged within the hour, without a press", async (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 1_000_000_000_000 });
  const [manager, kept] = [new Manager(), storage()];
  const keep = () => new Push(TEXTS, notifier(manager), kept).keep();
  await keep();
  context.mock.timers.tick(3_600_000);
  await keep();
  assert.deepEqual(asked.slice(1), [["GET", TEXTS.push, null]]);
  known = "";
  await keep();
  assert.equal(known, "");
  context.mock.timers.tick(3_600_000);
  await keep();
  assert.equal(known, "https://push.example/2");
  const count = asked.length;
  await keep();
  assert.equal(asked.length, count);
});

test("a press turns it on with another address where the server has dropped the one there was", async () => {
  const manager = new Manager();
  const push = new Push(TEXTS, notifier(manager), storage());
  await push.keep();
  known = "";
  await push.turnOn();
  assert.equal(known, "https://push.example/2");
  await push.turnOn();
  assert.equal(known, "https://push.example/2");
});

test("a press where the server cannot be asked changes nothing", async () => {
  const [manager, kept] = [new Manager(), { "push-off": "yes" }];
  set("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  await assert.rejects(new Push(TEXTS, notifier(manager), storage(kept)).turnOn(), { name: "Refusal" });
  assert.deepEqual([manager.given, kept["push-off"]], [0, "yes"]);
});

test("a subscription for another key is exchanged", async () => {
  const manager = new Manager();
  manager.mine = manager.subscription("https://push.example/old", new Uint8Array([1, 2, 3]).buffer);
  await new Push(TEXTS, notifier(manager), storage()).keep();
  assert.deepEqual(asked, [subscribes]);
});

for (const [state, prepare] of [
  ["insecure", () => set("isSecureContext", false)],
  ["missing", () => delete globalThis.PushManager],
  ["unset", () => ({ texts: { ...TEXTS, pushKey: "" } })],
  ["denied", () => ({ permission: "denied" })],
  ["ask", () => ({ permission: "default" })],
  ["off", () => ({ kept: { "push-off": "yes" } })],
]) {
  test(`nothing is asked for where it is ${state}`, async () => {
    const { texts = TEXTS, permission, kept } = prepare() ?? {};
    const manager = new Manager();
    const push = new Push(texts, notifier(manager, permission), storage(kept));
    await push.keep();
    assert.equal(await push.state(), state);
    assert.deepEqual([asked, manager.given], [[], 0]);
  });
}

test("a browser whose push service gives no address goes on, and says so", async (context) => {
  context.mock.method(console, "warn", () => {});
  const manager = new Manager();
  manager.subscribe = () => Promise.reject(new DOMException("push service not available", "AbortError"));
  const push = new Push(TEXTS, notifier(manager), storage());
  await push.keep();
  assert.equal(await push.state(), "away");
  await new Push(TEXTS, notifier(null), storage()).keep();
});

test("it is on where the server has the address of this browser, and no other", async () => {
  const manager = new Manager();
  const push = new Push(TEXTS, notifier(manager), storage());
  await push.keep();
  assert.equal(await push.state(), "on");
  known = "https://push.example/other";
  assert.equal(await push.state(), "away");
});

test("switched off it is off on the next page too, until it is switched on", async () => {
  const [manager, kept] = [new Manager(), storage()];
  const push = new Push(TEXTS, notifier(manager), kept);
  await push.keep();
  await push.turnOff();
  assert.deepEqual(asked.at(-1), ["POST", "/notifications/push/stop/", {}]);
  assert.equal(manager.mine, null);
  const later = new Push(TEXTS, notifier(manager), kept);
  await later.keep();
  assert.equal(await later.state(), "off");
  await later.turnOn();
  assert.equal(await later.state(), "on");
});
