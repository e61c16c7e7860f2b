// The line at the end of a chat, as a smaller place shows it.
import { maybe } from "../core/elements.js";

/**
 * @typedef {{name: string, text: string, isMine: boolean, state: string}} LastLine name: "" for one that nobody said;
 *   state: "", "sending" or "failed"
 */

/** @param {ParentNode} lines @returns {LastLine | null} */
export function lastLine(lines) {
  const line = maybe(lines, ":scope > :last-child");
  if (!line) return null;
  const words = maybe(line, "[data-text]");
  const file = words?.hidden ? maybe(line, "[data-file-name]") : null;
  return {
    name: maybe(line, "[data-author-name]")?.textContent ?? "",
    text: ((file ?? words ?? line).textContent ?? "").replaceAll(/\s+/g, " ").trim(),
    isMine: "mine" in line.dataset,
    state: line.dataset.state ?? "",
  };
}
