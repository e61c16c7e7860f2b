// What an agent hears of offers, wherever they work: a ring, a sentence, and what became of them.
import { apart } from "../core/directions.js";
import { announce } from "../ui/announcer.js";
import { toast } from "../ui/toast.js";
import { Bell } from "./bell.js";
import { startCountdowns } from "./countdowns.js";

/** @param {HTMLElement} root with the texts @param {EventTarget} stream the agent's inbox */
export function hearOffers(root, stream) {
  const texts = root.dataset;
  const bell = new Bell(root.querySelector("[data-ask-notifications]"), texts.notifier ?? "");

  /** @param {string} type @param {(data: any) => void} handle */
  const on = (type, handle) => stream.addEventListener(type, (event) => handle(/** @type {CustomEvent} */ (event).detail.data));
  /** @param {string | undefined} text @param {string} name */
  const naming = (text, name) => (text ?? "").replace("{name}", () => apart(name));

  on("offer.made", ({ offer }) => {
    announce(texts.textOffer ?? "", { urgent: true });
    bell.ring(String(offer), texts.textOffer ?? "");
  });
  on("offer.over", ({ state, taken_by }) => {
    if (state === "taken") toast(naming(texts.textTaken, taken_by));
    if (state === "unanswered") toast(texts.textUnanswered ?? "");
  });
  on("agent.status", ({ cause }) => cause === "unanswered" && toast(texts.textAway ?? ""));
  on("transfer.over", ({ taken_by }) => taken_by && toast(naming(texts.textTransferTaken, taken_by)));
  startCountdowns(root);
}
