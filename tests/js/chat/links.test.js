import assert from "node:assert/strict";
import { test } from "node:test";

import { splitLinks } from "../../../static/js/chat/links.js";

/** What becomes a link, as it is shown. */
const shown = (text) => splitLinks(text).flatMap((part) => (typeof part === "string" ? [] : [part.text]));
const hrefs = (text) => splitLinks(text).flatMap((part) => (typeof part === "string" ? [] : [part.href]));
const whole = (text) =>
  splitLinks(text)
    .map((part) => (typeof part === "string" ? part : part.text))
    .join("");

test("an address in a sentence becomes a link, its punctuation does not", () => {
  for (const [text, address] of [
    ["See https://example.org/a.", "https://example.org/a"],
    ["(https://example.org/a)", "https://example.org/a"],
    ["(see https://example.org/a).", "https://example.org/a"],
    ["[https://example.org]!", "https://example.org"],
    ["<https://example.org/a>", "https://example.org/a"],
    ["«https://example.org/a»، ثم", "https://example.org/a"],
    ["'https://example.org/a'?", "https://example.org/a"],
    ["*https://example.org/a*", "https://example.org/a"],
    ["HTTPS://Example.org/A,", "HTTPS://Example.org/A"],
    ["http://localhost:8000/x", "http://localhost:8000/x"],
  ]) {
    assert.deepEqual(shown(text), [address], text);
    assert.equal(whole(text), text);
  }
});

test("a closing bracket that belongs to the address stays", () => {
  for (const address of [
    "https://en.wikipedia.org/wiki/Amman_(city)",
    "https://example.org/a(b)[c]{d}",
    "https://example.org/a_(b)_c",
    "https://en.wikipedia.org/wiki/Hooke's_law",
  ]) {
    assert.deepEqual(shown(address), [address]);
    assert.deepEqual(shown(`(${address}).`), [address]);
  }
});

test("marks that are not seen are no part of it", () => {
  for (const mark of ["\u200e", "\u200f", "\u2069", "\u202c", "\u200b", "\ufeff", "\u061c", "\u00ad"]) {
    assert.deepEqual(hrefs(`\u2066https://example.org/a${mark}`), ["https://example.org/a"]);
    assert.deepEqual(hrefs(`${mark}carol@example.org${mark}`), ["mailto:carol@example.org"]);
    assert.deepEqual(hrefs(`${mark}www.example.org${mark}.`), ["https://www.example.org"]);
  }
});

test("a domain is a link with www. and without", () => {
  for (const [text, href] of [
    ["www.example.org", "https://www.example.org"],
    ["WWW.Example.org/a?b=c#d,", "https://WWW.Example.org/a?b=c#d"],
    ["Open example.org.", "https://example.org"],
    ["example.com/a_(b)", "https://example.com/a_(b)"],
    ["support.example.co.uk:8443/login", "https://support.example.co.uk:8443/login"],
    ["bit.ly/3abc", "https://bit.ly/3abc"],
    ["münchen.de", "https://münchen.de"],
    ["افتح example.com، ثم", "https://example.com"],
    ["وexample.com", "https://example.com"],
    ["(example.org)", "https://example.org"],
  ]) {
    assert.deepEqual(hrefs(text), [href], text);
  }
});

test("mail addresses are links, international ones too", () => {
  assert.deepEqual(hrefs("Write to carol.b+x@example.org."), ["mailto:carol.b+x@example.org"]);
  assert.deepEqual(hrefs("carol@bücher.example"), ["mailto:carol@bücher.example"]);
  assert.deepEqual(hrefs("carol@مثال.إختبار،"), ["mailto:carol@مثال.إختبار"]);
});

test("what is no address stays text", () => {
  for (const text of [
    "setup.exe",
    "readme.md",
    "Done.It works",
    "e.g. this",
    "1.2.3",
    "192.168.0.1",
    "v2.0.org1",
    "a..b.com@",
    "and/or",
    "...",
    "www.",
    "http://",
    "https:// x",
    "javascript:alert(1)",
    "ftp://example",
    "data:text/html,x",
    "name@",
    "@example",
    "شكرا.أهلا",
    "foo.common",
    "x@y",
    "10:30.Then",
    "file.com_old",
  ]) {
    assert.deepEqual(shown(text), [], text);
    assert.equal(whole(text), text);
  }
});

test("nothing takes long, however it is made", () => {
  for (const text of [
    "a.".repeat(4000),
    "www.".repeat(2000),
    "(".repeat(4000) + "https://a.org" + ")".repeat(4000),
    "a@".repeat(4000),
    "https://a.org/" + ".".repeat(4000),
    "a-".repeat(4000),
  ]) {
    assert.equal(whole(text), text);
  }
});
