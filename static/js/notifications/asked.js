// A colleague asks the person of this page to assist in a session: a ring, and the way to Assist Session.
import { clock } from "../core/clock.js";
import { apart, ltr } from "../core/directions.js";
import { tidied } from "../core/session_number.js";
import { announce } from "../ui/announcer.js";
import { toast } from "../ui/toast.js";
import { isFresh } from "./news.js";

// Milliseconds, once the page is in sight. A colleague may look up only after a while.
const SHOWN_MS = 60_000;

/**
 * @param {HTMLElement} root with the texts
 * @param {import("../core/event_stream.js").EventStream} stream the person's
 * @param {import("./bell.js").Bell} bell
 */
export function hearAsked(root, stream, bell) {
  const { assist, textAssist = "", textAssistNow = "" } = root.dataset;
  stream.on("assist.asked", (event) => {
    // One that is heard late, as after a night's sleep, is answered by now.
    if (!isFresh(event, clock.now)) return;
    const { at, data } = event;
    const { name, number } = data;
    const words = textAssist
      .replace("{name}", () => apart(name))
      .replace("{number}", () => ltr(tidied(number) ?? number));
    const href = `${assist}?number=${number}`;
    announce(words, { urgent: true });
    // By the tag that a push has of the same.
    const names = { id: `asked-${at}`, tag: `asked-${number}` };
    bell.ring({ kind: "asked", ...names, text: words, url: href, isBeside: true });
    // They go there by a press of their own: what they do here goes on.
    onceInSight(() => toast(words, undefined, { href, words: textAssistNow }, SHOWN_MS));
  });
}

/** @param {() => void} tell */
function onceInSight(tell) {
  if (document.hidden) document.addEventListener("visibilitychange", tell, { once: true });
  else tell();
}
