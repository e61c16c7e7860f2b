import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import config from "../../eslint.config.js";

const { zones, circles } = config.find(({ plugins }) => plugins).plugins.local.rules;
const scripts = join(import.meta.dirname, "../../static/js");

// From the bottom to the top, as in docs/architecture.md: a folder imports from those in rows before its own.
const FEATURES = ["files", "chat", "media", "recording", "notifications", "webacd", "invitations", "check"];
const ROWS = [["core"], ["rtc", "ui"], FEATURES, ["room"], ["pages"]];
const FOLDERS = ROWS.flat();
const BESIDE = ["recording → media", "webacd → notifications", "check → media"];

const rowOf = (folder) => ROWS.findIndex((row) => row.includes(folder));
const pairs = FOLDERS.flatMap((from) => FOLDERS.filter((to) => to !== from).map((to) => [from, to]));
const isUpwards = ([from, to]) => rowOf(to) >= rowOf(from) && !BESIDE.includes(`${from} → ${to}`);

test("every folder of scripts has its row", () => {
  const folders = readdirSync(scripts, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(folders.map(({ name }) => name).sort(), FOLDERS.toSorted());
});

for (const [from, to] of pairs.filter(isUpwards)) {
  test(`${from} may not import from ${to}, whatever the way`, () => {
    const refusals = waysToImport(`../${to}/module.js`).map((way) => refusalsOf(from, way));
    assert.deepEqual(
      refusals.map(({ length }) => length),
      [1, 1, 1, 1, 1],
    );
    assert.match(refusals[0][0].message, new RegExp(`^${from}/ may not import from ../${to}/module.js`));
  });
}

for (const top of ["room", "pages"]) {
  test(`${top} puts together everything below`, () => {
    const below = FOLDERS.filter((folder) => rowOf(folder) < rowOf(top));
    const refusals = below.flatMap((folder) =>
      waysToImport(`../${folder}/module.js`).flatMap((way) => refusalsOf(top, way)),
    );
    assert.deepEqual(refusals, []);
  });
}

test("a module may import from its own folder, and from no package", () => {
  for (const folder of FOLDERS) {
    assert.deepEqual(refusalsOf(folder, importOf("./other.js")), []);
    assert.equal(refusalsOf(folder, importOf("package")).length, 1);
  }
});

test("a circle is refused, in types too, and a chain is not", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "circles-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const write = (name, text) => writeFileSync(join(folder, name), text);
  write("first.js", 'import "./second.js";\n');
  write("second.js", '/** @typedef {import("./third.js").Third} Third */\n');
  write("third.js", 'export { first } from "./first.js";\n');
  write("fourth.js", 'import "./first.js";\n');
  const found = (name) => run(circles, join(folder, name), ({ Program }) => Program({})).length;
  assert.deepEqual(["first.js", "second.js", "third.js", "fourth.js"].map(found), [1, 1, 1, 0]);
});

/** How a module names another one: each is a visit of ESLint's walk. @param {string} source */
function waysToImport(source) {
  const node = { source: { value: source, loc: {} } };
  const comment = { value: `* @typedef {import("${source}").Thing} Thing`, loc: {} };
  return [
    importOf(source),
    (rule) => rule.ImportExpression(node),
    (rule) => rule.ExportNamedDeclaration(node),
    (rule) => rule.ExportAllDeclaration(node),
    Object.assign((rule) => rule.Program(), { comments: [comment] }),
  ];
}

/** @param {string} source */
function importOf(source) {
  return (rule) => rule.ImportDeclaration({ source: { value: source, loc: {} } });
}

/** @param {string} folder @param {{(rule: object): void, comments?: object[]}} visit */
function refusalsOf(folder, visit) {
  return run(zones, join(scripts, folder, "module.js"), visit, visit.comments);
}

/** What a rule reports of a file. */
function run(rule, filename, visit, comments = []) {
  const reports = [];
  const sourceCode = { getAllComments: () => comments };
  visit(rule.create({ filename, sourceCode, report: (report) => reports.push(report) }));
  return reports;
}
