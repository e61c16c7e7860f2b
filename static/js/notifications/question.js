// Asked once on each device, where it matters: whether the browser may show notifications. After either answer it is
// not asked again; the person's page /notifications/ has the way. A browser's permission is the device's, and so is
// the answer.
import { deviceStorage } from "../core/device_storage.js";
import { find } from "../core/elements.js";

const ANSWERED = "notifications-answered";

/**
 * @param {HTMLElement | null} place
 * @param {Pick<import("./notifier.js").Notifier, "canAsk" | "ask">} notifier
 */
export function askOnce(place, notifier, storage = deviceStorage) {
  if (!place || !notifier.canAsk || storage.getItem(ANSWERED)) return;
  const answer = () => {
    storage.setItem(ANSWERED, "yes");
    place.hidden = true;
  };
  find(place, "[data-turn-on]").addEventListener("click", () => {
    answer();
    notifier.ask();
  });
  find(place, "[data-not-now]").addEventListener("click", answer);
  place.hidden = false;
}
