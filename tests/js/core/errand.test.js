import assert from "node:assert/strict";
import { test } from "node:test";

import { Errand } from "../../../static/js/core/errand.js";

/** An errand that is answered when the test says so. */
function errand() {
  const asked = [];
  const runs = new Errand((wanted) => new Promise((answer) => asked.push({ wanted, answer })));
  return { runs, asked };
}

test("what is asked for within a moment is one request", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, asked } = errand();
  ["a", "b", "a"].forEach((one) => runs.ask(one));
  await passed(context, 30);
  assert.deepEqual(asked.map((one) => one.wanted), [["a", "b"]]);
});

test("what is wanted while one is under way waits for its answer", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, asked } = errand();
  runs.ask("a");
  await passed(context, 30);
  runs.ask("b");
  await passed(context, 1_000);
  assert.equal(asked.length, 1);
  asked[0].answer(null);
  await passed(context, 30);
  assert.deepEqual(asked[1].wanted, ["b"]);
});

test("what failed for the moment is asked for again, with what came meanwhile, and not for ever", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, asked } = errand();
  runs.ask("a");
  await passed(context, 30);
  runs.ask("b");
  for (let attempt = 0; attempt < 5; attempt++) {
    asked[attempt].answer({ isPassing: true });
    await passed(context, 60_000);
  }
  assert.deepEqual(asked.map((one) => one.wanted.toSorted()), [["a"], ...Array(4).fill(["a", "b"])]);
});

test("what was refused is not asked for again", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { runs, asked } = errand();
  runs.ask("a");
  await passed(context, 30);
  asked[0].answer({ isPassing: false });
  await passed(context, 60_000);
  assert.equal(asked.length, 1);
});

test("one that rests goes at its pace, however often it is wanted, and the last wish is heard", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const asked = [];
  const runs = new Errand(async (wanted) => (asked.push(wanted), null), { rest: 4_000 });
  for (let time = 0; time < 10_000; time += 100) {
    runs.ask(time);
    await passed(context, 100);
  }
  for (let time = 0; time < 10_000; time += 100) await passed(context, 100);
  assert.equal(asked.length, 4);
  assert.equal(asked.at(-1).at(-1), 9_900);
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
