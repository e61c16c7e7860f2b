import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { clock } from "../../../static/js/core/clock.js";
import { Emitter } from "../../../static/js/core/emitter.js";

const TEXTS = { textHelp: "{name} asks you for help.", textHelpTaken: "{name} is helping already." };
let hearHelp, openBeside, opened;

before(async () => {
  // What the sentences of a page need of it.
  const nothing = { querySelector: () => null, querySelectorAll: () => [], hidden: false };
  globalThis.document = Object.assign(new EventTarget(), nothing);
  globalThis.sessionStorage = { getItem: () => null, removeItem: () => {} };
  globalThis.window = { open: (address, where) => (opened = [address, where]) };
  ({ hearHelp, openBeside } = await import("../../../static/js/webacd/help_questions.js"));
});
after(() => {
  delete globalThis.document;
  delete globalThis.sessionStorage;
  delete globalThis.window;
});

/** @param {{dataset: Record<string, string>}[]} [drawn] the questions that the page came with */
function page(drawn = []) {
  const [rings, stream] = [[], new Emitter()];
  const root = { dataset: TEXTS, querySelectorAll: () => drawn };
  hearHelp(root, stream, { ring: async (ring) => void rings.push(ring) });
  return { rings, stream };
}

/** @param {number} ago milliseconds */
function wanted(ago) {
  const { rings, stream } = page();
  stream.emit("help.wanted", { at: new Date(clock.now - ago).toISOString(), data: { question: 7, name: "Amal" } });
  return rings;
}

const told = ({ kind, id, tag, text }) => [kind, id, tag, text.replace(/[\u2066-\u2069]/g, "")];

test("who is asked now hears a colleague's question, which rings once on a device", () => {
  assert.deepEqual(wanted(1_000).map(told), [["asked", "help-7", "help-7", "Amal asks you for help."]]);
});

test("a question of long ago, heard after a sleep, does not ring", () => {
  assert.deepEqual(wanted(3_600_000), []);
});

test("one that came while the agent went from page to page rings as well", () => {
  const { rings } = page([{ dataset: { help: "7", name: "Amal" } }]);
  assert.deepEqual(rings.map(told), [["asked", "help-7", "help-7", "Amal asks you for help."]]);
});

test("the session of who asked opens beside the page", () => {
  openBeside("/sessions/abc/", TEXTS);
  assert.deepEqual(opened, ["/sessions/abc/", "_blank"]);
});
