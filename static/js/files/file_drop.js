// Files dragged over the room, dropped on it, or pasted into the chat.
import { maybe } from "../core/elements.js";

/** Shows where files may be dropped while some are dragged over the room. */
export class Dropping {
  #root;
  #may;
  #depth = 0;

  /** @param {HTMLElement} root @param {() => boolean} may */
  constructor(root, may) {
    this.#root = root;
    this.#may = may;
    root.addEventListener("dragenter", (event) => this.#onMove(event, 1));
    root.addEventListener("dragleave", (event) => this.#onMove(event, -1));
    root.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
    root.addEventListener("drop", (event) => {
      // Else the browser leaves the page to show the file.
      if (hasFiles(event)) event.preventDefault();
      this.#show((this.#depth = 0));
    });
  }

  /** Every element that is passed on the way tells of it. @param {DragEvent} event @param {number} step */
  #onMove(event, step) {
    if (!hasFiles(event) || !this.#may()) return;
    this.#show((this.#depth = Math.max(0, this.#depth + step)));
  }

  /** @param {number} depth */
  #show(depth) {
    const place = maybe(this.#root, "[data-drop]");
    if (place) place.hidden = !depth;
  }
}

/** @param {DragEvent} event @returns {File[]} without folders, which hold nothing that could be read at once */
export function dropped({ dataTransfer }) {
  const items = [...(dataTransfer?.items ?? [])].filter(({ kind }) => kind === "file");
  const isFile = (/** @type {DataTransferItem} */ item) => item.webkitGetAsEntry?.()?.isDirectory !== true;
  return items
    .filter(isFile)
    .map((item) => item.getAsFile())
    .filter((file) => file !== null);
}

/**
 * Text is pasted as ever; a screenshot, which has no name of its own, gets one.
 * @param {ClipboardEvent} event @returns {File[]}
 */
export function pasted(event) {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length || event.clipboardData?.types.includes("text/plain")) return [];
  event.preventDefault();
  return files.map((file) =>
    file.name === "image.png" ? new File([file], `screenshot-${stamp(new Date())}.png`, { type: file.type }) : file,
  );
}

/** @param {Date} now */
function stamp(now) {
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  return [
    now.getFullYear(),
    two(now.getMonth() + 1),
    two(now.getDate()),
    two(now.getHours()) + two(now.getMinutes()) + two(now.getSeconds()),
  ].join("-");
}

/** @param {DragEvent} event */
function hasFiles({ dataTransfer }) {
  return Boolean(dataTransfer?.types.includes("Files"));
}
