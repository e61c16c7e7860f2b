// What a CSR is told of the sessions on this page while they look elsewhere: a tone, a notification that names customer
// and session, the count in the page's title. Only the page that has a session hears its events, so that of all pages
// of a person, on all machines, one tells it (E3, E57).
import { clock } from "../core/clock.js";
import { apart, ltr } from "../core/directions.js";
import { maybe } from "../core/elements.js";
import { isFresh, newsOf } from "../notifications/news.js";

/**
 * @typedef {import("./room.js").Room} Room
 * @typedef {import("../notifications/choices.js").Kind} Kind
 * @typedef {{bell: Pick<import("../notifications/bell.js").Bell, "ring">, texts: DOMStringMap,
 *   addressOf: (key: string) => string}} Ways
 */

/** The attribute with the words for each. @type {Partial<Record<Kind, string>>} */
const TEXTS = {
  joined: "noticeJoined",
  door: "noticeDoor",
  wrote: "noticeWrote",
  answered: "noticeAnswered",
  lost: "noticeLost",
  opened: "noticeOpened",
  assistant: "noticeAssistant",
};
// Who joins, waits or writes is counted by the room itself.
const COUNTED = ["joined", "door", "wrote"];

/** @param {Room} room @param {Ways} ways texts: with the words for each kind */
export function tellOf(room, ways) {
  room.stream.on("event", (event) => {
    const news = newsOf(event, room.me);
    if (!news || isInSight(room)) return;
    if (isOutOfSight() && !COUNTED.includes(news.kind)) room.unread.add();
    if (isFresh(event, clock.now)) ring(room, news, event.seq, ways);
  });
}

/**
 * A further customer's session comes with them in it (E34): no page has heard them join, or come to the door.
 * @param {Room} room @param {Ways} ways
 */
export function tellOfCustomer(room, ways) {
  const [helped, atTheDoor] = [maybe(room.root, "[data-helped]"), maybe(room.root, "[data-at-the-door] bdi")];
  const name = (helped ?? atTheDoor)?.textContent;
  if (!name || isInSight(room)) return;
  if (isOutOfSight()) room.unread.add();
  ring(room, { kind: helped ? "joined" : "door", name }, 0, ways);
}

/** @param {Room} room @param {import("../notifications/news.js").News} news @param {number} seq @param {Ways} ways */
function ring(room, news, seq, { bell, texts, addressOf }) {
  const text = textOf(news, texts, room.root.getAttribute("aria-label") ?? "");
  const names = { id: `${room.key}-${seq}`, tag: `${room.key}-${news.kind}` };
  bell.ring({ kind: news.kind, text, ...names, url: addressOf(room.key) }, { isHidden: isOutOfSight() });
}

function isOutOfSight() {
  return document.hidden || !document.hasFocus();
}

/** @param {Room} room */
function isInSight(room) {
  return !isOutOfSight() && !room.root.hidden;
}

/** @param {{kind: Kind, name: string}} news @param {DOMStringMap} texts @param {string} number */
function textOf({ kind, name }, texts, number) {
  return (texts[TEXTS[kind] ?? ""] ?? "").replace("{name}", () => apart(name)).replace("{number}", () => ltr(number));
}
