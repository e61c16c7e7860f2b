import assert from "node:assert/strict";
import { test } from "node:test";

import { DeviceReport } from "../../../static/js/check/device_report.js";
import { Refusal } from "../../../static/js/core/http.js";

/** A report to a site that answers by what the test gives it, one after the other, and takes the rest. */
function report(context, ...answers) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const sent = [];
  const send = async (url, found) => {
    sent.push({ ...found });
    const refusal = answers.shift();
    if (refusal) throw refusal;
  };
  return { sent, report: new DeviceReport("/device/", send) };
}

test("all that is known is told, once", async (context) => {
  const { sent, report: told } = report(context);
  told.add({});
  await passed(context, 5_000);
  told.add({ camera: "present" });
  told.add({ udp: "reached" });
  await passed(context, 5_000);
  told.add({ camera: "present" });
  await passed(context, 5_000);
  assert.deepEqual(sent, [{ camera: "present", udp: "reached" }]);
});

test("a device that comes and goes is told in steps, and how it ended", async (context) => {
  const { sent, report: told } = report(context);
  for (let time = 0; time < 60_000; time += 500) {
    told.add({ microphone: time % 1_000 ? "missing" : "present" });
    await passed(context, 500);
  }
  told.add({ microphone: "denied" });
  for (let time = 0; time < 10_000; time += 500) await passed(context, 500);
  assert.ok(sent.length <= 16, `${sent.length} reports in a minute`);
  assert.deepEqual(sent.at(-1), { microphone: "denied" });
});

test("who is told to wait waits, and then says what is true by then", async (context) => {
  const refusal = new Refusal({ code: "too_fast", status: 429, facts: { retry_after: 9 } });
  const { sent, report: told } = report(context, refusal);
  told.add({ camera: "present" });
  await passed(context, 100);
  told.add({ camera: "missing" });
  await passed(context, 8_000);
  assert.equal(sent.length, 1);
  await passed(context, 1_000);
  await passed(context, 5_000);
  await passed(context, 100);
  assert.deepEqual(sent, [{ camera: "present" }, { camera: "missing" }]);
});

test("a site that is away for a moment is told later, and a refusal is not in the way", async (context) => {
  const away = report(context, new Refusal({ code: "unreachable" }));
  away.report.add({ camera: "present" });
  for (let time = 0; time < 10; time++) await passed(context, 5_000);
  assert.equal(away.sent.length, 2);
});

test("a session that is over is not asked again", async (context) => {
  const over = report(context, new Refusal({ code: "session_has_ended", status: 410 }));
  over.report.add({ camera: "present" });
  for (let time = 0; time < 10; time++) await passed(context, 5_000);
  assert.equal(over.sent.length, 1);
});

/** Let promises settle, then the time pass, then what follows from that. */
async function passed(context, milliseconds) {
  await settled();
  context.mock.timers.tick(milliseconds);
  await settled();
}

function settled() {
  return new Promise((done) => setImmediate(done));
}
