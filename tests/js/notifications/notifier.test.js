import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Notifier } from "../../../static/js/notifications/notifier.js";

// What a browser has; `shown` is what came of it.
const shown = [];
const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");

class Constructed {
  static permission = "granted";
  constructor(title, { tag }) {
    shown.push(["constructor", title, tag]);
  }
}

class Android {
  static permission = "granted";
  constructor() {
    throw new TypeError("Illegal constructor. Use ServiceWorkerRegistration.showNotification() instead.");
  }
}

const worker = {
  active: {},
  showNotification: async (title, { tag, data }) => void shown.push(["worker", title, tag, data.url]),
};

function browser({ Notification, register }) {
  globalThis.Notification = Notification;
  Object.defineProperty(globalThis, "navigator", {
    value: register ? { serviceWorker: { register } } : {},
    configurable: true,
  });
}

beforeEach(() => {
  shown.length = 0;
  globalThis.location = { href: "https://help.example/webacd/inbox/" };
});
afterEach(() => Object.defineProperty(globalThis, "navigator", before));

test("where the constructor throws, the service worker shows it", async () => {
  browser({ Notification: Android, register: async () => worker });
  await new Notifier("/worker.js").show("A customer", "offer-1");
  assert.deepEqual(shown, [["worker", "A customer", "offer-1", "https://help.example/webacd/inbox/"]]);
});

test("a press leads to the page that showed it, or opens beside it what goes elsewhere", async () => {
  const led = [];
  const showNotification = async (title, { data }) => void led.push([data.url, data.pages[0]]);
  browser({ Notification: Android, register: async () => ({ ...worker, showNotification }) });
  const notifier = new Notifier("/worker.js");
  await notifier.show("Carol has joined", "s-joined", { url: "/sessions/s/" });
  await notifier.show("Bilal asks you", "asked-1", { url: "/sessions/assist/?number=1", isBeside: true });
  assert.deepEqual(led, [
    ["https://help.example/sessions/s/", "https://help.example/webacd/inbox/"],
    ["https://help.example/sessions/assist/?number=1", "https://help.example/sessions/assist/?number=1"],
  ]);
});

test("who looks at the page again needs none of those that it has shown", async () => {
  const closed = [];
  const page = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { hidden: true });
  globalThis.addEventListener = page.addEventListener.bind(page);
  // One of another page, and one that was pushed while this page slept.
  const standing = [{ tag: "offer-1" }, { tag: "offer-9" }, { tag: "offer-2", data: { isPushed: true } }];
  const getNotifications = async () => standing.map((one) => ({ ...one, close: () => closed.push(one.tag) }));
  browser({ Notification: Android, register: async () => ({ ...worker, getNotifications }) });
  const notifier = new Notifier("/worker.js");
  notifier.clearOnReturn();
  await notifier.show("A customer", "offer-1");
  document.dispatchEvent(new Event("visibilitychange"));
  await new Promise(setImmediate);
  assert.deepEqual(closed, []);
  document.hidden = false;
  document.dispatchEvent(new Event("visibilitychange"));
  await new Promise(setImmediate);
  assert.deepEqual(closed, ["offer-1", "offer-2"]);
  delete globalThis.document;
  delete globalThis.addEventListener;
});

test("a worker that is being installed is waited for", async () => {
  const installing = Object.assign(new EventTarget(), { state: "installing" });
  browser({ Notification: Android, register: async () => ({ ...worker, active: null, installing }) });
  const showing = new Notifier("/worker.js").show("A customer", "offer-1");
  await new Promise(setImmediate);
  assert.deepEqual(shown, []);
  installing.state = "activated";
  installing.dispatchEvent(new Event("statechange"));
  await showing;
  assert.equal(shown.length, 1);
});

for (const [name, register] of [
  ["there is no service worker", undefined],
  ["it cannot be registered", () => Promise.reject(new DOMException("no", "SecurityError"))],
  [
    "it is none of use",
    async () => ({ ...worker, active: null, installing: Object.assign(new EventTarget(), { state: "redundant" }) }),
  ],
]) {
  test(`where ${name}, the constructor shows it`, async () => {
    browser({ Notification: Constructed, register });
    await new Notifier("/worker.js").show("A customer", "offer-1");
    assert.deepEqual(shown, [["constructor", "A customer", "offer-1"]]);
  });
}

test("where neither does, the page goes on", async (context) => {
  context.mock.method(console, "warn", () => {});
  browser({ Notification: Android });
  await new Notifier("/worker.js").show("A customer", "offer-1");
  browser({
    Notification: Android,
    register: async () => ({ ...worker, showNotification: () => Promise.reject(new TypeError("no permission")) }),
  });
  await new Notifier("/worker.js").show("A customer", "offer-1");
  assert.deepEqual(shown, []);
});
