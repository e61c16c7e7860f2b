import assert from "node:assert/strict";
import { test } from "node:test";

import { Composer } from "../../../static/js/recording/composer.js";
import { browser } from "./browser.js";

const scene = () => ({ pictures: [], names: ["Carol", "هدى"], number: "369 632 105", nothing: "لا شيء يُعرض" });

for (const dir of ["rtl", "ltr"]) {
  test(`number and time are written from the left on a page that runs ${dir}`, () => {
    const { written } = browser({ dir });
    new Composer(scene, "clock.js").close();
    const [nothing, number, names, time] = written;
    assert.deepEqual(nothing, { text: "لا شيء يُعرض", direction: dir, align: "center" });
    assert.deepEqual(number, { text: "369 632 105", direction: "ltr", align: "left" });
    assert.deepEqual(names, { text: "\u2068Carol\u2069 · \u2068هدى\u2069", direction: dir, align: "center" });
    assert.match(time.text, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
    assert.deepEqual([time.direction, time.align], ["ltr", "right"]);
  });
}
