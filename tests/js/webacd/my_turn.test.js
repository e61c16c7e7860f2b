import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { goOnCalling, leaveToNextPage } from "../../../static/js/webacd/my_turn.js";

const TITLE = "Remote Support";
let page;
let played;
const sounds = { play: async () => played++ > -1 };

beforeEach(() => {
  mock.timers.enable({ apis: ["setInterval", "Date"] });
  const kept = {};
  globalThis.sessionStorage = {
    getItem: (name) => kept[name] ?? null,
    setItem: (name, value) => (kept[name] = value),
    removeItem: (name) => delete kept[name],
  };
  page = Object.assign(new EventTarget(), { hidden: true, title: TITLE });
  globalThis.document = page;
  played = 0;
});
afterEach(() => {
  mock.timers.reset();
  delete globalThis.document;
  delete globalThis.sessionStorage;
});

function comesBack() {
  page.hidden = false;
  page.dispatchEvent(new Event("visibilitychange"));
}

test("who is elsewhere is called until they look", async () => {
  leaveToNextPage("It is your turn", true);
  await goOnCalling(page, sounds);
  assert.equal(page.title, `It is your turn · ${TITLE}`);
  mock.timers.tick(13_000);
  assert.equal(played, 2);
  comesBack();
  assert.equal(page.title, TITLE);
  mock.timers.tick(60_000);
  assert.equal(played, 2);
});

test("who never looks is not called for ever", async () => {
  leaveToNextPage("It is your turn", true);
  await goOnCalling(page, sounds);
  mock.timers.tick(3_600_000);
  assert.equal(played, 5);
});

test("who looks is called once, unless the page before has called", async () => {
  page.hidden = false;
  leaveToNextPage("You are in the session", false);
  await goOnCalling(page, sounds);
  assert.deepEqual([played, page.title], [1, TITLE]);
  leaveToNextPage("It is your turn", true);
  await goOnCalling(page, sounds);
  assert.equal(played, 1);
});

test("a page that comes without a turn, or long after it, calls nobody", async () => {
  await goOnCalling(page, sounds);
  leaveToNextPage("It is your turn", false);
  mock.timers.tick(61_000);
  await goOnCalling(page, sounds);
  assert.deepEqual([played, page.title], [0, TITLE]);
});
