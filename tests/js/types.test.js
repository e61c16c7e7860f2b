import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

// A cast is believed and not checked, `any` not even believed. A selector that begins with its tag needs no cast
// (core/elements.js), a declaration with a type of its own is checked, and what is not known yet is `unknown`. The two
// are one: of a service worker's scope, which the types of pages do not have.
const MOST_CASTS = 2;

const root = new URL("../../static/js/", import.meta.url);
const files = globSync("**/*.js", { cwd: root }).map((name) => [name, readFileSync(new URL(name, root), "utf8")]);

test("casts are few", () => {
  const casts = files.flatMap(([name, text]) => castsIn(text).map((cast) => `${name}: ${cast}`));
  assert.ok(casts.length > 0 && casts.length <= MOST_CASTS, `${casts.length} casts\n${casts.join("\n")}`);
});

test("nothing is any", () => {
  const found = files.flatMap(([name, text]) => typesIn(text).map((type) => `${name}: ${type}`));
  assert.deepEqual(
    found.filter((type) => /\bany\b|\bFunction\b/.test(type)),
    [],
  );
});

test("casts and types are found over lines and with braces in them", () => {
  const text = `
    f(/** @type {const} */ (["a"]), /** @type {{a: {b: any}}} */ (
      c));
    /** @type {number} */
    const d = (1);
    /**
     * Any word, such as {@link any}.
     * @typedef {{e: string,
     *   f: any}} G
     */`;
  assert.deepEqual(castsIn(text), ["const", "{a: {b: any}}"]);
  assert.deepEqual(typesIn(text), ["const", "{a: {b: any}}", "number", "{e: string,\n     *   f: any}"]);
});

/** @param {string} text */
function castsIn(text) {
  return [...text.matchAll(/\/\*\* @type \{((?:(?!\*\/)[^])*)\} \*\/\s*\(/g)].map(([, type]) => type);
}

/** What stands in braces after a tag of JSDoc. @param {string} text */
function typesIn(text) {
  return [...text.matchAll(/@(?!link)\w+ \{/g)].map(({ index, 0: tag }) => inBraces(text.slice(index + tag.length)));
}

/** @param {string} text after the first brace */
function inBraces(text) {
  let depth = 1;
  let end = 0;
  while (end < text.length && depth) depth += { "{": 1, "}": -1 }[text[end++]] ?? 0;
  return text.slice(0, end - 1);
}
