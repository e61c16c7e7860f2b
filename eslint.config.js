// What the type check does not see: what is left over, lines that are too wide, and imports that point the wrong way.
import { dirname, join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "static/js");

const BELOW = ["core", "ui"];
const FEATURES = ["files", "chat", "media", "recording", "webacd", "invitations"];
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
  webacd: BELOW,
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
    plugins: { local: { rules: { zones } } },
    rules: { "local/zones": "error" },
  },
];
