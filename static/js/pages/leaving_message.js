// A message is written while the place in the queue is kept; when it is the customer's turn, what they wrote stays.
import "./site.js";
import { find, maybe } from "../core/elements.js";
import { call } from "../webacd/my_turn.js";
import { placeOf } from "../webacd/place.js";

const root = maybe(document, "[data-writing]");
if (root) {
  const stream = placeOf(root);
  stream.on("request.answered", () => {
    find(root, "[data-my-turn]").hidden = false;
    call(root.dataset.textTurn ?? "");
  });
  stream.onAny(["request.answered", "request.over"], () => (find(root, "[data-place-note]").hidden = true));
  stream.open();
}
