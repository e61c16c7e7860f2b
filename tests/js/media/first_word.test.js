import assert from "node:assert/strict";
import { test } from "node:test";

import { firstWord } from "../../../static/js/media/first_word.js";

const TEXTS = { textBeforeMicrophone: "They hear you.", textBeforeCamera: "They see you." };

function page(granted) {
  const place = { hidden: true, textContent: "" };
  const root = { querySelector: () => place };
  const said = [];
  const moment = async () => void said.push([place.hidden, place.textContent]);
  const sayFirst = firstWord(root, TEXTS, { granted: async (name) => granted.includes(name), moment });
  return { place, said, sayFirst };
}

test("what the browser will ask for is said before it does, and goes with the answer", async () => {
  const { place, said, sayFirst } = page([]);
  const asked = [];
  const capture = async () => asked.push([place.hidden, place.textContent]);
  await sayFirst("microphone", capture);
  assert.deepEqual(said, [[false, "They hear you."]]);
  assert.deepEqual(asked, [[false, "They hear you."]]);
  assert.equal(place.hidden, true);
});

test("nothing is said where the browser lends it without asking", async () => {
  const { place, said, sayFirst } = page(["camera"]);
  assert.equal(await sayFirst("camera", async () => "a stream"), "a stream");
  assert.deepEqual(said, []);
  assert.equal(place.hidden, true);
});

test("a no takes the sentence away, too", async () => {
  const { place, sayFirst } = page([]);
  await assert.rejects(
    sayFirst("camera", async () => {
      throw new Error("denied");
    }),
  );
  assert.equal(place.textContent, "They see you.");
  assert.equal(place.hidden, true);
});
