// What an agent hears of offers, wherever they work: a ring, a sentence, the page's title, and what became of them.
import { apart } from "../core/directions.js";
import { findAll } from "../core/elements.js";
import { Bell } from "../notifications/bell.js";
import { Notifier } from "../notifications/notifier.js";
import { hearPerson } from "../notifications/person.js";
import { announce } from "../ui/announcer.js";
import { toast } from "../ui/toast.js";
import { startCountdowns } from "./countdowns.js";
import { hearHelp } from "./help_questions.js";
import { titleWith } from "./page_title.js";

/**
 * @param {HTMLElement} root with the texts
 * @param {import("../core/event_stream.js").EventStream} stream the agent's inbox
 */
export function hearOffers(root, stream) {
  const texts = root.dataset;
  const notifier = new Notifier(texts.notifier ?? "");
  notifier.clearOnReturn();
  const bell = new Bell(notifier);
  offerNotifications(root.querySelector("[data-ask-notifications]"), notifier);

  /** @param {string | undefined} text @param {string} name */
  const naming = (text, name) => (text ?? "").replace("{name}", () => apart(name));

  /** @param {string} offer */
  const ring = (offer) => {
    announce(texts.textOffer ?? "", { urgent: true });
    bell.ring({ kind: "offer", id: `offer-${offer}`, text: texts.textOffer ?? "" });
  };
  stream.on("offer.made", ({ data: { offer } }) => ring(String(offer)));
  // Made while the agent went from one page to this one.
  findAll(root, "[data-offer]").forEach(({ dataset }) => ring(dataset.offer ?? ""));
  stream.on("offer.over", ({ data: { state, taken_by } }) => {
    if (state === "taken") toast(naming(texts.textTaken, taken_by));
    if (state === "unanswered") toast(texts.textUnanswered ?? "");
  });
  hearPerson(root, stream, bell, notifier);
  hearHelp(root, stream, bell);
  stream.on("agent.status", ({ data: { cause } }) => cause === "unanswered" && toast(texts.textAway ?? ""));
  stream.on("transfer.over", ({ data: { taken_by } }) => taken_by && toast(naming(texts.textTransferTaken, taken_by)));
  startCountdowns(root);
  markTitle(root, texts.textOffer ?? "");
}

/**
 * The way to the browser's own question, until it is answered.
 * @param {HTMLElement | null} button @param {Notifier} notifier
 */
function offerNotifications(button, notifier) {
  if (!button) return;
  button.hidden = !notifier.canAsk;
  button.addEventListener("click", async () => {
    await notifier.ask();
    button.hidden = !notifier.canAsk;
  });
}

/** While there is an offer, the page's title begins with it. @param {HTMLElement} root @param {string} text */
function markTitle(root, text) {
  const beginning = `${text} · `;
  const show = () => {
    document.title = titleWith(document.title, beginning, root.querySelector("[data-offer]") !== null);
  };
  root.addEventListener("region:refreshed", show);
  show();
}
