import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { getHtml, getJson, getJsonIfChanged, once, post, postBytes, Refusal } from "../../../static/js/core/http.js";

const seen = [];
const unanswered = [];
let site;

before(async () => {
  const name = { nodeType: 1, getAttribute: () => "csrftoken" };
  const querySelector = (selector) => (selector.includes("csrf-cookie") ? name : null);
  globalThis.document = { querySelector, cookie: "a=b; csrftoken=abc123; c=d" };
  site = createServer(async (request, response) => {
    let body = "";
    try {
      for await (const chunk of request) body += chunk;
    } catch {
      return; // The page gave up.
    }
    seen.push({ method: request.method, url: request.url, headers: request.headers, body });
    answer(request.url, response, request.headers);
  });
  await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
});
after(() => {
  site.closeAllConnections();
  site.close();
});

function answer(url, response, headers) {
  const json = (status, content) =>
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(content));
  if (url === "/taken/") json(409, { error: { code: "taken", message: "Taken by Bilal.", by: "Bilal" } });
  else if (url === "/broken/") response.writeHead(502).end("<h1>Bad gateway</h1>");
  else if (url === "/moved/") response.writeHead(302, { Location: "/sign-in/" }).end();
  else if (url === "/cut/") response.writeHead(200, { "Content-Length": 100 }).write("<p>", () => response.destroy());
  else if (url === "/never/") unanswered.push(response);
  else if (url === "/half/") response.writeHead(200, { "Content-Type": "application/json" }).write('{"a":');
  else if (url === "/half-a-page/") response.writeHead(200, { "Content-Type": "text/html" }).write("<p>");
  else if (url === "/nothing/") response.writeHead(204).end();
  else if (url === "/tagged/" && headers["if-none-match"] === '"1"') response.writeHead(304).end();
  else if (url === "/json/" || url === "/tagged/") json(200, { ok: true });
  else response.writeHead(200, { "Content-Type": "text/html" }).end(`<p>${url}</p>`);
}

const at = (path) => `http://127.0.0.1:${site.address().port}${path}`;

test("asks for what has changed since, and says that nothing has", async () => {
  assert.deepEqual(await getJsonIfChanged(at("/tagged/"), ""), { ok: true });
  assert.equal("if-none-match" in seen.at(-1).headers, false);
  assert.deepEqual(await getJsonIfChanged(at("/tagged/"), '"0"'), { ok: true });
  assert.equal(await getJsonIfChanged(at("/tagged/"), '"1"'), null);
});

test("posts the fields of a form with the CSRF token and the mark of a script", async () => {
  assert.deepEqual(await post(at("/json/"), { name: "عمل", agent: [1, 2] }), { ok: true });

  const { method, headers, body } = seen.at(-1);
  assert.deepEqual(
    [method, headers["x-csrftoken"], headers["x-requested-with"], new URLSearchParams(body).getAll("agent")],
    ["POST", "abc123", "fetch", ["1", "2"]],
  );
  assert.equal(new URLSearchParams(body).get("name"), "عمل");
});

test("sends the token of the cookie alone, not the one that a form was drawn with", async () => {
  const form = new FormData();
  form.set("csrfmiddlewaretoken", "drawn-before-signing-in-again");
  form.set("name", "Carol");
  await post(at("/nothing/"), form);

  const { headers, body } = seen.at(-1);
  assert.equal(headers["x-csrftoken"], "abc123");
  assert.match(body, /Carol/);
  assert.doesNotMatch(body, /csrfmiddlewaretoken/);
});

test("answers null, JSON or HTML, as the server did", async () => {
  assert.deepEqual(
    [await post(at("/nothing/")), await getJson(at("/json/")), await getHtml(at("/html/"))],
    [null, { ok: true }, "<p>/html/</p>"],
  );
});

test("HTML that is cut off on its way is a refusal in passing", async () => {
  await assert.rejects(getHtml(at("/cut/")), (refusal) => refusal.code === "unreachable" && refusal.isPassing);
});

test("a refusal has its code, message, status and facts", async () => {
  await assert.rejects(post(at("/taken/")), (refusal) => {
    assert.ok(refusal instanceof Refusal);
    assert.deepEqual(
      [refusal.code, refusal.message, refusal.status, refusal.facts],
      ["taken", "Taken by Bilal.", 409, { by: "Bilal" }],
    );
    return !refusal.isPassing;
  });
});

const TEXTS = {
  unreachable: "Not reached.",
  unreadable: "Not understood.",
  failed: "Not done.",
  redirected: "Signed out.",
};

for (const [what, url, sentence] of [
  ["does not come", "http://127.0.0.1:1/", TEXTS.unreachable],
  ["has no words", "/broken/", TEXTS.failed],
  ["is not ours", "/html/", TEXTS.unreadable],
  ["leads to another page", "/moved/", TEXTS.redirected],
]) {
  test(`an answer that ${what} is a refusal in the page's words`, async (context) => {
    const { querySelector } = document;
    document.querySelector = (selector) => querySelector(selector) ?? { dataset: TEXTS };
    context.after(() => (document.querySelector = querySelector));
    await assert.rejects(
      post(URL.canParse(url) ? url : at(url)),
      (refusal) => refusal instanceof Refusal && refusal.message === sentence,
    );
  });
}

test("what another's page answers in our name is passing", async () => {
  await assert.rejects(post(at("/html/")), (refusal) => refusal.code === "unreadable" && refusal.isPassing);
});

test("a failure without a refusal in it is passing", async () => {
  await assert.rejects(
    post(at("/broken/")),
    (refusal) => refusal.code === "failed" && refusal.status === 502 && refusal.isPassing,
  );
});

test("an unreachable site is passing", async () => {
  await assert.rejects(post("http://127.0.0.1:1/"), (refusal) => refusal.code === "unreachable" && refusal.isPassing);
});

test("the HTML of another page is no answer", async () => {
  await assert.rejects(
    getHtml(at("/moved/")),
    (refusal) => refusal.code === "redirected" && refusal.facts.url === at("/sign-in/"),
  );
});

/** Ends the time of each request as soon as it has begun, and notes how long it would have been. */
function endOfTime(context) {
  const patience = [];
  context.mock.method(AbortSignal, "timeout", (milliseconds) => {
    patience.push(milliseconds);
    const control = new AbortController();
    setTimeout(() => control.abort(new DOMException("late", "TimeoutError")), 50);
    return control.signal;
  });
  return patience;
}

for (const [what, ask] of [
  ["an answer", () => post(at("/never/"))],
  ["the rest of an answer", () => getJson(at("/half/"))],
  ["the rest of a page", () => getHtml(at("/half-a-page/"))],
]) {
  test(`${what} that does not come in time is a refusal in passing`, async (context) => {
    const patience = endOfTime(context);
    await assert.rejects(ask(), (refusal) => refusal.code === "unreachable" && refusal.isPassing);
    assert.deepEqual(patience, [30_000]);
  });
}

test("bytes have the time that they need on the slowest line", async (context) => {
  const patience = endOfTime(context);
  await assert.rejects(postBytes(at("/never/"), new Blob([new Uint8Array(1024 * 1024)]), {}));
  await assert.rejects(postBytes(at("/never/"), new Uint8Array(16 * 1024), {}));
  assert.deepEqual(patience, [94_000, 31_000]);
});

test("sends once, however often it is asked to", async () => {
  let sent = 0;
  const send = once(async () => ++sent);
  assert.deepEqual(await Promise.all([send(), send(), send()]), [1, 1, 1]);
  assert.equal(await send(), 2);
});
