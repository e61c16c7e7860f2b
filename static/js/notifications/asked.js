// A colleague asks the person of this page to assist in a session: a ring, and the way to Assist Session.
import { apart, ltr } from "../core/directions.js";
import { tidied } from "../core/session_number.js";
import { announce } from "../ui/announcer.js";
import { toast } from "../ui/toast.js";

// Milliseconds. A colleague may look up only after a while.
const SHOWN_MS = 60_000;

/**
 * @param {HTMLElement} root with the texts
 * @param {import("../core/event_stream.js").EventStream} stream the person's
 * @param {import("./bell.js").Bell} bell
 */
export function hearAsked(root, stream, bell) {
  const { assist, textAssist = "", textAssistNow = "" } = root.dataset;
  stream.on("assist.asked", ({ at, data: { name, number } }) => {
    const words = textAssist
      .replace("{name}", () => apart(name))
      .replace("{number}", () => ltr(tidied(number) ?? number));
    announce(words, { urgent: true });
    bell.ring({ kind: "asked", id: `asked-${at}`, text: words });
    // They go there by a press of their own: what they do here goes on.
    toast(words, undefined, { href: `${assist}?number=${number}`, words: textAssistNow }, SHOWN_MS);
  });
}
