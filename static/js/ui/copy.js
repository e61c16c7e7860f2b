// <button data-copy="text" data-copied="Copied">: copies, shows a tick for a while, says so to a screen reader.

import { announce } from "./announcer.js";

const TICK_MS = 2000;

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-copy]");
  if (button instanceof HTMLElement) copy(button);
});

/** @param {HTMLElement} button */
async function copy(button) {
  await write(button.dataset.copy ?? "");
  button.dataset.done = "";
  announce(button.dataset.copied ?? "");
  setTimeout(() => delete button.dataset.done, TICK_MS);
}

/** @param {string} text */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    writeBySelection(text);
  }
}

// A site without TLS on a local network has no clipboard interface; the old way still works there.
/** @param {string} text */
function writeBySelection(text) {
  const field = document.createElement("textarea");
  field.value = text;
  const host = document.querySelector("dialog[open]") ?? document.body;
  host.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
