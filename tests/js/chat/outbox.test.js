import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox } from "../../../static/js/chat/outbox.js";
import { Refusal } from "../../../static/js/core/http.js";

const tooFast = (seconds) =>
  new Refusal({ code: "writing_too_fast", status: 429, message: "Too fast.", facts: { retry_after: seconds } });
const full = () => new Refusal({ code: "storage_full", message: "no room", status: 507 });

function store() {
  const kept = new Map();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
}

/** An outbox to a site that answers with what is given, one after another, and then takes everything. */
function outbox(...answers) {
  const asked = [];
  const told = [];
  const waited = [];
  const send = async ({ client_id }) => {
    asked.push(client_id);
    const answer = answers.shift();
    if (answer) throw answer;
    return { message: asked.length };
  };
  const one = new Outbox("key", send, store(), async (time) => waited.push(time));
  for (const type of ["held", "sent", "refused"]) one.on(type, ({ client_id }) => told.push([type, client_id]));
  const line = (client_id) => one.put({ client_id, text: client_id });
  return { one, line, asked, told, waited };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("a line for which the site has no room is kept, told once, and sent when there is", async () => {
  const { one, line, asked, told } = outbox(full(), full(), full());
  line("a");
  assert.deepEqual(
    one.lines.map(({ client_id }) => client_id),
    ["a"],
  );
  line("b");
  await settled();
  assert.deepEqual(asked, ["a", "a", "a", "a", "b"]);
  assert.deepEqual(told, [
    ["held", undefined],
    ["sent", "a"],
    ["sent", "b"],
  ]);
  assert.deepEqual(one.lines, []);
});

test("it is told again when the site is full again", async () => {
  const { line, told } = outbox(full(), null, full());
  line("a");
  line("b");
  await settled();
  assert.deepEqual(
    told.map(([type]) => type),
    ["held", "sent", "held", "sent"],
  );
});

test("a site that is away is no full one", async () => {
  const { line, told } = outbox(Refusal.unreachable());
  line("a");
  await settled();
  assert.deepEqual(told, [["sent", "a"]]);
});

test("a line that came too fast keeps its place, and follows when the site says", async () => {
  const { one, line, asked, told, waited } = outbox(tooFast(5));
  line("a");
  line("b");
  await settled();
  assert.deepEqual(asked, ["a", "a", "b"]);
  assert.deepEqual(waited, [5_000]);
  assert.deepEqual(told, [
    ["sent", "a"],
    ["sent", "b"],
  ]);
  assert.deepEqual(one.lines, []);
});

test("a line that is refused for good makes way for the next", async () => {
  const { line, told } = outbox(new Refusal({ code: "message_refused", status: 422, message: "Too long." }));
  line("a");
  line("b");
  await settled();
  assert.deepEqual(told, [
    ["refused", "a"],
    ["sent", "b"],
  ]);
});
