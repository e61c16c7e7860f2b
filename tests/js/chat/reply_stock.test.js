import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";

import { ReplyStock } from "../../../static/js/chat/reply_stock.js";

const LISTED = { labels: {}, values: {}, replies: [["site", 1, "thanks", "", "Thank you.", "", 0]] };
let site;
let version;
let asked;

before(async () => {
  const texts = { dataset: { failed: "That did not work." } };
  globalThis.document = { querySelector: (selector) => (selector.includes("texts") ? texts : null), cookie: "" };
  site = createServer((request, response) => {
    asked += 1;
    const isSame = request.headers["if-none-match"] === `"${version}"`;
    response.statusCode = version === null ? 503 : isSame ? 304 : 200;
    response.setHeader("Content-Type", "application/json");
    response.end(response.statusCode === 200 ? JSON.stringify({ ...LISTED, version }) : "");
  });
  await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
});
after(() => {
  site.closeAllConnections();
  site.close();
  delete globalThis.document;
});
beforeEach(() => ([version, asked] = ["a", 0]));

function stock() {
  const replies = new ReplyStock(`http://127.0.0.1:${site.address().port}/`);
  const told = [];
  replies.on("changed", () => told.push(replies.search?.search("").length ?? 0));
  return { replies, told };
}

test("tells of replies when they come and when they are others, not when they are the same", async () => {
  const { replies, told } = stock();
  await replies.want();
  assert.deepEqual(told, [1]);
  replies.forget();
  await replies.want();
  assert.deepEqual([asked, told], [2, [1]]);
  version = "b";
  replies.forget();
  await replies.want();
  assert.deepEqual([asked, told], [3, [1, 1]]);
});

test("a failure is told while there is nothing better", async () => {
  version = null;
  const { replies, told } = stock();
  await replies.want();
  assert.deepEqual(told, [0]);
  assert.equal(replies.failure, "That did not work.");
  version = "a";
  replies.forget();
  await replies.want();
  version = null;
  replies.forget();
  await replies.want();
  assert.deepEqual([asked, told, replies.failure], [3, [0, 1], ""]);
});
