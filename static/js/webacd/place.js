// A customer's place in a queue. It is kept for as long as one of the customer's pages follows: the one that waits, or
// the one on which they write a message meanwhile.
import { EventStream } from "../core/event_stream.js";
import { giveWay } from "../core/giving_way.js";

/** @param {HTMLElement} root @returns {EventStream} to be opened */
export function placeOf(root) {
  const stream = new EventStream(root.dataset.socket ?? "", { after: Number(root.dataset.position) });
  stream.on("lost", () => (root.dataset.connection = "reconnecting"));
  giveWay(root, stream);
  return stream;
}
