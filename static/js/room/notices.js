// What a CSR is told of the sessions on this page while they look elsewhere: a tone, a notification that names customer
// and session, the count in the page's title. Only the page that has a session hears its events, so that of all pages
// of a person, on all machines, one tells it (E3, E56).
import { clock } from "../core/clock.js";
import { apart, ltr } from "../core/directions.js";
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
export function tellOf(room, { bell, texts, addressOf }) {
  room.stream.on("event", (event) => {
    const news = newsOf(event, room.me);
    const isOutOfSight = document.hidden || !document.hasFocus();
    if (!news || !(isOutOfSight || room.root.hidden)) return;
    if (isOutOfSight && !COUNTED.includes(news.kind)) room.unread.add();
    if (!isFresh(event, clock.now)) return;
    const text = textOf(news, texts, room.root.getAttribute("aria-label") ?? "");
    const tag = `${room.key}-${news.kind}`;
    const ring = { kind: news.kind, id: `${room.key}-${event.seq}`, text, tag, url: addressOf(room.key) };
    bell.ring(ring, { isHidden: isOutOfSight });
  });
}

/** @param {{kind: Kind, name: string}} news @param {DOMStringMap} texts @param {string} number */
function textOf({ kind, name }, texts, number) {
  return (texts[TEXTS[kind] ?? ""] ?? "").replace("{name}", () => apart(name)).replace("{number}", () => ltr(number));
}
