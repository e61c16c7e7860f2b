import assert from "node:assert/strict";
import { test } from "node:test";

import { Film } from "../../../static/js/recording/film.js";
import { browser } from "./browser.js";

const scene = () => ({ pictures: [], names: [], number: "369 632 105", nothing: "Nothing is shared" });

test("what was recorded before a pause is asked for at the pause", async () => {
  const { asked } = browser({ dir: "ltr" });
  const film = new Film({ scene, sounds: () => [], clock: "clock.js", send: async () => {} });
  await film.open();
  film.pause();
  film.pause();
  film.resume();
  await film.close();
  assert.deepEqual(asked, ["pause", "requestData", "resume"]);
});
