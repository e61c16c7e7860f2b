import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { fold } from "../../../static/js/core/folding.js";

// The server's test reads the same pairs: tests/supportcenter/text/test_folding.py.
const { alike, unlike } = JSON.parse(readFileSync(join(import.meta.dirname, "../../folding.json"), "utf8"));

for (const [one, other] of alike) {
  test(`${JSON.stringify(one)} and ${JSON.stringify(other)} are one word`, () => {
    assert.equal(fold(one), fold(other));
  });
}

for (const [one, other] of unlike) {
  test(`${JSON.stringify(one)} and ${JSON.stringify(other)} stay different`, () => {
    assert.notEqual(fold(one), fold(other));
  });
}
