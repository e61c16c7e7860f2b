// How the request for help of a session stands (E64), in its room: drawn by the server, and taken away after a while.
import { maybe } from "../core/elements.js";
import { lookWhenOver } from "./when_over.js";

/**
 * What it needs of a room.
 * @typedef {{root: HTMLElement, stream: Pick<import("../core/event_stream.js").EventStream, "on">,
 *   regions: Pick<import("../core/regions.js").Regions, "refresh">, unread: {add: () => void}}} Place
 */

/** @param {Place} room */
export function showHelp(room) {
  const place = maybe(room.root, "[data-help-place]");
  if (!place) return;
  lookWhenOver(place, () => room.regions.refresh(place));
  room.stream.on("help.ended", ({ data: { outcome } }) => {
    // For who asked and looks elsewhere meanwhile; they know that they have cancelled.
    if (place.firstElementChild && outcome !== "cancelled") room.unread.add();
  });
}
