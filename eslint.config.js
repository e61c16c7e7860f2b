// What the type check does not see: what is left over, lines that are too wide, imports that point the wrong way or
// round in a circle.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "static/js");

const BELOW = ["core", "ui"];
const FEATURES = ["files", "chat", "media", "recording", "notifications", "webacd", "invitations", "check"];
/**
 * From which folders of static/js/ a file of each may import, types too. A feature that needs another one says so here.
 * @type {Record<string, string[]>}
 */
const MAY_IMPORT = {
  core: [],
  ui: ["core"],
  rtc: ["core"],
  files: [...BELOW, "rtc"],
  chat: BELOW,
  media: [...BELOW, "rtc"],
  // It records what the room's media show and say.
  recording: [...BELOW, "media"],
  notifications: BELOW,
  // Offers ring as everything else does.
  webacd: [...BELOW, "notifications"],
  // It tries out what a session uses.
  check: [...BELOW, "rtc", "media"],
  invitations: BELOW,
  room: [...BELOW, "rtc", ...FEATURES],
  pages: [...BELOW, "rtc", ...FEATURES, "room"],
};

const zones = {
  create(context) {
    const zone = relative(ROOT, dirname(context.filename));
    const check = (source, loc) => {
      const target = relative(ROOT, dirname(join(dirname(context.filename), source)));
      if (source.startsWith(".") && (zone === target || MAY_IMPORT[zone]?.includes(target))) return;
      context.report({ loc, message: `${zone}/ may not import from ${source} (MAY_IMPORT in eslint.config.js).` });
    };
    const checkSource = ({ source }) => source && check(source.value, source.loc);
    const checkTypes = () => {
      for (const { value, loc } of context.sourceCode.getAllComments()) {
        for (const [, source] of value.matchAll(/import\("([^"]+)"\)/g)) check(source, loc);
      }
    };
    return {
      Program: checkTypes,
      ImportDeclaration: checkSource,
      ImportExpression: checkSource,
      ExportNamedDeclaration: checkSource,
      ExportAllDeclaration: checkSource,
    };
  },
};

/** Static files are hashed with what they import, and a circle has no hash. Comments are read like code. */
const circles = {
  create(context) {
    return {
      Program(node) {
        const circle = wayBack(context.filename, context.filename, new Set());
        if (circle) context.report({ node, message: `This module imports itself by way of ${circle.join(", ")}.` });
      },
    };
  },
};

const imported = new Map();

function importsOf(file) {
  if (!imported.has(file)) {
    const sources = readFileSync(file, "utf8").matchAll(/(?:\bfrom|\bimport) ?\(?"(\.[^"]+)"/g);
    imported.set(file, [...sources].map(([, source]) => join(dirname(file), source)));
  }
  return imported.get(file);
}

function wayBack(to, from, seen) {
  for (const file of importsOf(from)) {
    if (file === to) return [relative(ROOT, from)];
    if (seen.has(file)) continue;
    const way = wayBack(to, file, seen.add(file));
    if (way) return [relative(ROOT, from), ...way];
  }
  return null;
}

export default [
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "max-len": ["error", { code: 120 }],
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-unused-private-class-members": "error",
      "no-duplicate-imports": "error",
      "no-unreachable": "error",
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["static/js/*/**"],
    plugins: { local: { rules: { zones, circles } } },
    rules: { "local/zones": "error", "local/circles": "error" },
  },
];
