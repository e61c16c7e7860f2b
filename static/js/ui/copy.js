// <button data-copy="text" data-copied="Copied">: copies, shows a tick for a while, says so to a screen reader.

import { announce } from "./announcer.js";

const TICK_MS = 2000;

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-copy]");
  if (button instanceof HTMLElement) copy(button);
});

/** @param {HTMLElement} button in this window or in one that the page has opened */
export async function copy(button) {
  if (!(await write(button.dataset.copy ?? "", button.ownerDocument))) return;
  button.dataset.done = "";
  announce(button.dataset.copied ?? "");
  setTimeout(() => delete button.dataset.done, TICK_MS);
}

/**
 * The clipboard is that of the window that was pressed: another one is refused it.
 * @param {string} text @param {Document} there @returns {Promise<boolean>} whether it is on the clipboard
 */
async function write(text, there) {
  try {
    await there.defaultView?.navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeBySelection(text, there);
  }
}

// A site without TLS on a local network has no clipboard interface; the old way still works there.
/** @param {string} text @param {Document} there */
function writeBySelection(text, there) {
  const field = there.createElement("textarea");
  field.value = text;
  const host = there.querySelector("dialog[open]") ?? there.body;
  host.append(field);
  field.select();
  const isCopied = there.execCommand("copy");
  field.remove();
  return isCopied;
}
