// A form that was slowed down: do the work that its ticket asks for and send it again, or wait where the browser
// calculates no digests (plain http). A form that somebody has to complete first, such as a password, is left to them.

import { pause } from "../core/pause.js";
import { solve } from "../core/proof_of_work.js";
import { textOf } from "../core/texts.js";

/** @param {HTMLElement} note */
async function answer(note) {
  const form = note.closest("form");
  const words = note.querySelector("[data-challenge-words]");
  const work = note.querySelector("input[name=work]");
  if (!form || !words || !(work instanceof HTMLInputElement)) return;
  words.textContent = textOf(note.dataset, "working");
  const { challenge = "", puzzles, zeroBits, wait } = note.dataset;
  if (globalThis.crypto?.subtle) work.value = await solve(challenge, Number(puzzles), Number(zeroBits));
  else await pause(Number(wait) * 1000);
  if (form.checkValidity()) form.requestSubmit();
  else words.textContent = textOf(note.dataset, "ready");
}

for (const note of document.querySelectorAll("[data-challenge]")) {
  if (note instanceof HTMLElement) void answer(note);
}
