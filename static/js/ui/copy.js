// <button data-copy="text" data-copied="Copied">: copies, shows a tick for a while, says so to a screen reader.

import { announce } from "./announcer.js";

const TICK_MS = 2000;

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-copy]");
  if (button instanceof HTMLElement) copy(button);
});

/** @param {HTMLElement} button */
async function copy(button) {
  if (!(await write(button.dataset.copy ?? ""))) return;
  button.dataset.done = "";
  announce(button.dataset.copied ?? "");
  setTimeout(() => delete button.dataset.done, TICK_MS);
}

/** @param {string} text @returns {Promise<boolean>} whether it is on the clipboard */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeBySelection(text);
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
  const isCopied = document.execCommand("copy");
  field.remove();
  return isCopied;
}
