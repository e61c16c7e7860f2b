// A colleague asks this agent's queue for help (E64): a ring, and a question that goes as soon as it needs no answer.
// The question itself is a region of the agent's page, so that a reload shows it again.
import { clock } from "../core/clock.js";
import { apart } from "../core/directions.js";
import { findAll } from "../core/elements.js";
import { isFresh } from "../notifications/news.js";
import { announce } from "../ui/announcer.js";
import { toast } from "../ui/toast.js";

/**
 * @param {HTMLElement} root with the texts
 * @param {Pick<import("../core/event_stream.js").EventStream, "on">} stream the agent's inbox
 * @param {Pick<import("../notifications/bell.js").Bell, "ring">} bell
 */
export function hearHelp(root, stream, bell) {
  const { textHelp = "", textHelpTaken = "" } = root.dataset;

  /** @param {string | number} question @param {string} name */
  const ring = (question, name) => {
    const words = textHelp.replace("{name}", () => apart(name));
    announce(words, { urgent: true });
    // By the tag that a push has of the same.
    const tag = `help-${question}`;
    bell.ring({ kind: "asked", id: tag, tag, text: words });
  };
  stream.on("help.wanted", (event) => isFresh(event, clock.now) && ring(event.data.question, event.data.name));
  // Asked while the agent went from one page to this one.
  findAll(root, "[data-help]").forEach(({ dataset: { help = "", name = "" } }) => ring(help, name));
  stream.on("help.over", ({ data: { state, taken_by } }) => {
    if (state === "over" && taken_by) toast(textHelpTaken.replace("{name}", () => apart(taken_by)));
  });
}

/**
 * Open the session of who asked, and leave this page as it is: the agent may be in the middle of something.
 * @param {string} address @param {DOMStringMap} texts
 */
export function openBeside(address, { textJoined = "", textAssistNow = "" }) {
  // A browser that lets a press open nothing later shows the way instead.
  if (!window.open(address, "_blank")) toast(textJoined, undefined, { href: address, words: textAssistNow });
}
