// What reaches a CSR on whatever page of the site they have open: one socket, with which the page counts as one on
// which they can be asked (S26). WebACD's agents have their console in its place, which follows the same stream.
import { parse } from "../core/dom.js";
import { maybe } from "../core/elements.js";
import { EventStream } from "../core/event_stream.js";
import { giveWay } from "../core/giving_way.js";
import { getHtml, Refusal } from "../core/http.js";
import { persist } from "../core/persist.js";
import { hearAsked } from "./asked.js";
import { Bell } from "./bell.js";

/** @param {HTMLElement | null} place with the address to ask; absent for who is no CSR */
export async function followPerson(place) {
  if (!place) return;
  const root = await persist(() => read(place.dataset.personPage ?? "")).catch(() => null);
  if (!root) return;
  place.append(root);
  const stream = new EventStream(root.dataset.socket ?? "", { after: Number(root.dataset.position) });
  hearAsked(root, stream, new Bell(null, root.dataset.notifier ?? ""));
  giveWay(root, stream);
  // The page itself may have something on it that nobody has sent yet; what happens from now on is asked for again.
  stream.on("reload", () => {
    root.remove();
    followPerson(place);
  });
  stream.onAny(["signed-out", "forbidden"], () => root.remove());
  stream.open();
}

/** @param {string} url */
async function read(url) {
  const root = maybe(parse(await getHtml(url)), "[data-socket]");
  if (!root) throw Refusal.unreadable(200);
  return root;
}
