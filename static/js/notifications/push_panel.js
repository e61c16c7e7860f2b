// How this browser stands with what is pushed, on the page of the settings: in words, with a switch and a test.
import { find, findAll } from "../core/elements.js";
import { once } from "../core/http.js";
import { pause } from "../core/pause.js";
import { toast } from "../ui/toast.js";
import { resultOf, wordsFor } from "./push.js";

/**
 * @param {HTMLElement} panel
 * @param {Pick<import("./push.js").Push, "state" | "turnOn" | "turnOff" | "keep" | "try" | "look">} push
 * @returns {() => Promise<void>} shows it again
 */
export function showPush(panel, push) {
  const texts = panel.dataset;

  const show = async () => {
    const state = await push.state().catch(() => "away");
    for (const words of findAll(panel, "[data-push-state]")) words.hidden = words.dataset.pushState !== state;
    find(panel, "[data-push-on]").hidden = !["off", "away"].includes(state);
    find(panel, "[data-push-off]").hidden = find(panel, "[data-push-test]").hidden = state !== "on";
  };

  /** @param {string} button @param {() => Promise<unknown>} act */
  const press = (button, act) => {
    const send = once(() => act().catch((error) => toast(wordsFor(error, texts))));
    find(panel, button).addEventListener("click", () => send().then(show));
  };
  press("[data-push-on]", () => push.turnOn());
  press("[data-push-off]", () => push.turnOff());
  press("[data-push-test]", async () => {
    await push.try();
    toast(await resultOf(push, texts, pause));
  });

  return async () => {
    // What a page before could not tell the server, this one can.
    await push.keep();
    await show();
  };
}
