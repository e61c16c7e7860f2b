// What reaches a CSR on whatever page of the site they have open: one socket, with which the page counts as one on
// which they can be asked (S26). WebACD's agents have their console in its place, which follows the same stream.
import { parse } from "../core/dom.js";
import { maybe } from "../core/elements.js";
import { EventStream } from "../core/event_stream.js";
import { giveWay } from "../core/giving_way.js";
import { getHtml, Refusal } from "../core/http.js";
import { persist } from "../core/persist.js";
import { leadToSignIn } from "../core/signed_out.js";
import { hearAsked } from "./asked.js";
import { Bell } from "./bell.js";
import { choices } from "./choices.js";
import { Notifier } from "./notifier.js";
import { answerWorker, Push } from "./push.js";

/** @param {HTMLElement | null} place with the address to ask; absent for who is no CSR */
export async function followPerson(place) {
  if (!place) return;
  const root = await read(place);
  if (!root) return;
  place.append(root);
  const stream = new EventStream(root.dataset.socket ?? "", { after: Number(root.dataset.position) });
  const notifier = new Notifier(root.dataset.notifier ?? "");
  notifier.clearOnReturn();
  hearPerson(root, stream, new Bell(notifier), notifier);
  giveWay(root, stream);
  // The page itself may have something on it that nobody has sent yet; what happens from now on is asked for again.
  stream.on("reload", () => {
    root.remove();
    followPerson(place);
  });
  stream.onAny(["signed-out", "forbidden"], () => root.remove());
  stream.on("signed-out", leadToSignIn);
  stream.open();
}

/**
 * What any CSR hears on the stream of their person, by whichever socket.
 * @param {HTMLElement} root with the texts, and what the person has chosen
 * @param {EventStream} stream @param {Bell} bell @param {Notifier} notifier
 */
export function hearPerson(root, stream, bell, notifier) {
  choices.learn(root.dataset);
  answerWorker(stream);
  new Push(root.dataset, notifier).keep();
  hearAsked(root, stream, bell);
  stream.on("notifications.changed", async () => {
    const place = maybe(document, "[data-person-page]");
    const now = place && (await read(place));
    if (now) choices.learn(now.dataset);
  });
}

/** @param {HTMLElement} place @returns {Promise<HTMLElement | null>} null for who is no CSR any more */
function read(place) {
  return persist(async () => {
    const root = maybe(parse(await getHtml(place.dataset.personPage ?? "")), "[data-socket]");
    if (!root) throw Refusal.unreadable(200);
    return root;
  }).catch(() => null);
}
