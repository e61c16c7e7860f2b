// What an agent hears of offers, wherever they work: a ring, a sentence, and what became of them.
import { apart } from "../core/directions.js";
import { announce } from "../ui/announcer.js";
import { toast } from "../ui/toast.js";
import { Bell } from "./bell.js";
import { startCountdowns } from "./countdowns.js";

/**
 * @param {HTMLElement} root with the texts
 * @param {import("../core/event_stream.js").EventStream} stream the agent's inbox
 */
export function hearOffers(root, stream) {
  const texts = root.dataset;
  const bell = new Bell(root.querySelector("[data-ask-notifications]"), texts.notifier ?? "");

  /** @param {string | undefined} text @param {string} name */
  const naming = (text, name) => (text ?? "").replace("{name}", () => apart(name));

  stream.on("offer.made", ({ data: { offer } }) => {
    announce(texts.textOffer ?? "", { urgent: true });
    bell.ring(String(offer), texts.textOffer ?? "");
  });
  stream.on("offer.over", ({ data: { state, taken_by } }) => {
    if (state === "taken") toast(naming(texts.textTaken, taken_by));
    if (state === "unanswered") toast(texts.textUnanswered ?? "");
  });
  stream.on("agent.status", ({ data: { cause } }) => cause === "unanswered" && toast(texts.textAway ?? ""));
  stream.on("transfer.over", ({ data: { taken_by } }) => taken_by && toast(naming(texts.textTransferTaken, taken_by)));
  startCountdowns(root);
}
