import assert from "node:assert/strict";
import { test } from "node:test";

import { ReplySearch } from "../../../static/js/chat/reply_search.js";

const row = (shortcut, { title = "", text = "…", arabic = "", used = 0, source = "site", pk = 1 } = {}) => [
  source,
  pk,
  shortcut,
  title,
  text,
  arabic,
  used,
];
const searching = (...rows) => ReplySearch.of(rows, async () => {});
const shortcuts = (replies) => replies.map(({ shortcut }) => shortcut);

test("what it is called comes before what is in it, and the whole name before its beginning", async () => {
  const search = await searching(
    row("a", { text: "say thanks", used: 9 }),
    row("b", { title: "Thanks to all", used: 8 }),
    row("many-thanks", { used: 7 }),
    row("thanks-again", { used: 6 }),
    row("thanks"),
    row("other", { used: 99 }),
  );
  assert.deepEqual(shortcuts(search.search("Thanks")), ["thanks", "thanks-again", "many-thanks", "b", "a"]);
});

test("without a word, those used most are first; then by their names", async () => {
  const search = await searching(row("b"), row("c", { used: 2 }), row("a"));
  assert.deepEqual(shortcuts(search.search("")), ["c", "a", "b"]);
  assert.deepEqual(shortcuts(search.search("  ")), ["c", "a", "b"]);
});

test("all words have to be in it, wherever, in either language and any spelling", async () => {
  const search = await searching(
    row("hours", { text: "We are open until five.", arabic: "أوقات العمل حتى الخامسة." }),
    row("bye", { text: "Good-bye, and open the door." }),
  );
  assert.deepEqual(shortcuts(search.search("OPEN until")), ["hours"]);
  assert.deepEqual(shortcuts(search.search("hours open")), ["hours"]);
  assert.deepEqual(shortcuts(search.search("اوقات الخامسه")), ["hours"]);
  assert.deepEqual(shortcuts(search.search("open nothing")), []);
});

test("who types on, goes back or types something else finds what a first search would", async () => {
  const rows = [
    row("thanks", { used: 1 }),
    row("then", { text: "thanks", used: 5 }),
    row("there", { text: "over there" }),
    row("a", { text: "the end", used: 2 }),
    // Of another rank at the first letter, and of one at the second.
    row("tx", { text: "the", used: 1 }),
    row("xt", { text: "the", used: 9 }),
  ];
  const one = await searching(...rows);
  for (const query of ["t", "th", "the", "then", "the", "the e", "", "a", "thanks", "th"]) {
    const fresh = await searching(...rows);
    assert.deepEqual(shortcuts(one.search(query)), shortcuts(fresh.search(query)), query);
  }
});

test("a reply is named by its source and its key", async () => {
  const search = await searching(row("a", { source: "queue", pk: 12 }));
  assert.equal(search.search("a")[0].name, "queue-12");
});

test("thousands are made ready between two turns of the page", async () => {
  let rests = 0;
  const rows = Array.from({ length: 1000 }, (_, number) => row(`r${number}`));
  const search = await ReplySearch.of(rows, async () => (rests += 1));
  assert.equal(rests, 3);
  assert.equal(search.search("").length, 1000);
});
