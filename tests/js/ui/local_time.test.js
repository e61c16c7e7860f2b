import assert from "node:assert/strict";
import { after, before, mock, test } from "node:test";

const HERE = { year: 2026, month: 10, day: 30 };
const at = (hour, minute, day = HERE.day) => new Date(HERE.year, HERE.month, day, hour, minute);

let showTimes;
let shown = [];

/** A page whose times are those of `shown`. */
before(async () => {
  mock.timers.enable({ apis: ["Date", "setInterval"], now: at(23, 59).getTime() });
  globalThis.document = Object.assign(new EventTarget(), {
    documentElement: { lang: "en" },
    querySelector: () => null,
    querySelectorAll: () => shown,
  });
  globalThis.MutationObserver = class {
    observe() {}
  };
  ({ showTimes } = await import("../../../static/js/ui/local_time.js"));
});
after(() => {
  mock.timers.reset();
  delete globalThis.document;
  delete globalThis.MutationObserver;
});

const time = (moment) => ({ dateTime: moment.toISOString(), dataset: { time: "moment" }, textContent: "", title: "" });

test("a moment has its date if it is not of today, also once the day is over", () => {
  shown = [time(at(6, 18)), time(at(6, 18, 29)), time(new Date(2025, HERE.month, HERE.day, 6, 18))];
  showTimes(document);
  assert.deepEqual(
    shown.map((one) => one.textContent),
    ["06:18", "29 Nov 2026, 06:18", "30 Nov 2025, 06:18"],
  );
  mock.timers.tick(61_000);
  assert.equal(shown[0].textContent, "30 Nov 2026, 06:18");
});
