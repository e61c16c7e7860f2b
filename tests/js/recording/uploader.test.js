import assert from "node:assert/strict";
import { test } from "node:test";

import { Uploader } from "../../../static/js/recording/uploader.js";

const passing = Object.assign(new Error("no room"), { isPassing: true });
const final = Object.assign(new Error("over"), { isPassing: false });

/** An uploader to a site that answers with what is given, one after another, and then takes everything. */
function uploader({ answers = [], largest } = {}) {
  const sent = [];
  const waited = [];
  const told = [];
  const send = async (number, piece) => {
    sent.push([number, await piece.text()]);
    const answer = answers.shift();
    if (answer) throw answer;
  };
  const one = new Uploader(send, { wait: async (ms) => waited.push(ms), ...(largest ? { largest } : {}) });
  for (const type of ["stuck", "failed"]) one.on(type, ({ message }) => told.push([type, message]));
  const put = (text) => one.put(new Blob([text], { type: "video/webm" }));
  return { one, put, sent, waited, told };
}

test("sends in order, numbered from 0", async () => {
  const { one, put, sent } = uploader();
  for (const text of ["a", "b", "c"]) put(text);
  await one.settled;
  assert.deepEqual(sent, [
    [0, "a"],
    [1, "b"],
    [2, "c"],
  ]);
});

test("goes on where it was after a rest", async () => {
  const { one, put, sent } = uploader();
  put("a");
  await one.settled;
  put("b");
  await one.settled;
  assert.deepEqual(sent, [
    [0, "a"],
    [1, "b"],
  ]);
});

test("sends a piece again until the site has it, and says so once", async () => {
  const { one, put, sent, waited, told } = uploader({ answers: [passing, passing] });
  put("a");
  put("b");
  await one.settled;
  assert.deepEqual(sent, [
    [0, "a"],
    [0, "a"],
    [0, "a"],
    [1, "b"],
  ]);
  assert.equal(waited.length, 2);
  assert.deepEqual(told, [["stuck", "no room"]]);
});

test("says again that it is stuck when it has been moving in between", async () => {
  const { one, put, told } = uploader({ answers: [passing, null, passing] });
  put("a");
  put("b");
  await one.settled;
  assert.deepEqual(told, [
    ["stuck", "no room"],
    ["stuck", "no room"],
  ]);
});

test("gives up when the site has no space left, since it has ended the recording", async () => {
  const full = Object.assign(new Error("no space"), { code: "no_space_left", isPassing: true });
  const { one, put, sent, told } = uploader({ answers: [full] });
  put("a");
  await one.settled;
  put("b");
  await one.settled;
  assert.deepEqual(sent, [[0, "a"]]);
  assert.deepEqual(told, [["failed", "no space"]]);
});

test("gives up at a refusal that will not pass, and takes nothing more", async () => {
  const { one, put, sent, told } = uploader({ answers: [final] });
  put("a");
  put("b");
  await one.settled;
  put("c");
  await one.settled;
  assert.deepEqual(sent, [[0, "a"]]);
  assert.deepEqual(told, [["failed", "over"]]);
});

test("cuts what is too large for one request", async () => {
  const { one, put, sent } = uploader({ largest: 4 });
  put("abcdefghij");
  put("k");
  await one.settled;
  assert.deepEqual(sent, [
    [0, "abcd"],
    [1, "efgh"],
    [2, "ij"],
    [3, "k"],
  ]);
});
