import assert from "node:assert/strict";
import { test } from "node:test";

import { lastLine } from "../../../static/js/chat/last_line.js";

/** A list whose last line has these parts, by selector. */
function lines(parts, { textContent = "", ...dataset } = {}) {
  const line = { dataset, textContent, querySelector: (selector) => parts[selector] ?? null };
  return { querySelector: (selector) => (selector === ":scope > :last-child" ? line : null) };
}

const said = (text) => ({ "[data-author-name]": { textContent: "Carol" }, "[data-text]": { textContent: text } });

test("a line is who said it and its words, on one line", () => {
  assert.deepEqual(lastLine(lines(said("It says\n  error 7 "))), {
    name: "Carol",
    text: "It says error 7",
    isMine: false,
    state: "",
  });
  const mine = lastLine(lines(said("Hello"), { mine: "", state: "sending" }));
  assert.deepEqual([mine.isMine, mine.state], [true, "sending"]);
});

test("a file is its name", () => {
  const parts = said("");
  parts["[data-text]"].hidden = true;
  parts["[data-file-name]"] = { textContent: "error.png" };
  assert.equal(lastLine(lines(parts)).text, "error.png");
});

test("the mark between two conversations is nobody's", () => {
  const { name, text } = lastLine(lines({}, { textContent: "This conversation was closed." }));
  assert.deepEqual([name, text], ["", "This conversation was closed."]);
});

test("a chat in which nothing was said has none", () => {
  assert.equal(lastLine({ querySelector: () => null }), null);
});
