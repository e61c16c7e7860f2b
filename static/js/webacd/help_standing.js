// How the request for help of a session stands (E64), in its room: asked for once the room is
// there, so that no page costs a query more, and taken away after a while.
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
  const look = () => room.regions.refresh(place);
  lookWhenOver(place, look);
  room.stream.on("help.ended", ({ data: { outcome } }) => {
    // For who asked and looks elsewhere meanwhile; they know that they have cancelled.
    if (place.firstElementChild && outcome !== "cancelled") room.unread.add();
  });
  look();
}
