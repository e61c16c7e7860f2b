import assert from "node:assert/strict";
import { test } from "node:test";

import { measureEcho, median } from "../../../static/js/check/echo.js";

/** A socket to a site that answers after the times given, or closes with a code. */
function socketTo({ answers = [], code = 1006, silent = false }, clock) {
  return class extends EventTarget {
    static sent = [];
    constructor() {
      super();
      if (!silent) queueMicrotask(() => this.#begin());
    }
    #begin() {
      if (answers.length) this.dispatchEvent(new Event("open"));
      else this.#end();
    }
    send(text) {
      this.constructor.sent.push(text);
      const time = answers.shift();
      if (time === undefined) return queueMicrotask(() => this.#end());
      clock.now += time;
      queueMicrotask(() => this.dispatchEvent(new Event("message")));
    }
    #end() {
      this.dispatchEvent(Object.assign(new Event("close"), { code }));
    }
    close() {}
  };
}

async function found(site, options) {
  const clock = { now: 0 };
  const Socket = socketTo(site, clock);
  const result = await measureEcho("/ws/check/", { Socket, now: () => clock.now, page: new EventTarget(), ...options });
  return [result, Socket.sent.length];
}

test("the median of five echoes: one that was held up does not count", async () => {
  assert.deepEqual(await found({ answers: [20, 900, 30, 25, 22] }), [{ socket: "ok", rtt: 25 }, 5]);
});

test("what was answered counts, though the line breaks", async () => {
  assert.deepEqual(await found({ answers: [20, 40] }), [{ socket: "ok", rtt: 30 }, 3]);
});

test("a proxy that refuses sockets is a failure", async () => {
  assert.deepEqual(await found({ code: 1006 }), [{ socket: "failed" }, 0]);
});

test("one that lets it hang is a failure after a while", async () => {
  assert.deepEqual(await found({ silent: true }, { patience: 1 }), [{ socket: "failed" }, 0]);
});

test("a site that has too much to do says nothing about the way to it", async () => {
  assert.deepEqual(await found({ code: 4429 }), [{}, 0]);
});

test("a page that is left in the middle says nothing about the way to the site", async () => {
  const page = new EventTarget();
  const answer = found({ silent: true }, { page });
  page.dispatchEvent(new Event("pagehide"));
  assert.deepEqual(await answer, [{}, 0]);
});

test("median", () => {
  assert.deepEqual([median([3, 1, 2]), median([4, 1, 2, 3])], [2, 2.5]);
});
