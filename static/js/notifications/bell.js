// An offer rings: a tone and, while nobody looks at the page, a notification of the browser. Of several open tabs one
// rings.

import { deviceStorage } from "../core/device_storage.js";
import { OFFER, sounds } from "../ui/sounds.js";
import { Notifier } from "./notifier.js";

const RUNG = "webacd.rung";

export class Bell {
  #button;
  #notifier;

  /** @param {HTMLElement | null} button asks for notifications, once @param {string} worker that shows them */
  constructor(button, worker) {
    this.#button = button;
    this.#notifier = new Notifier(worker);
    this.#showButton();
    button?.addEventListener("click", async () => {
      await this.#notifier.ask();
      this.#showButton();
    });
  }

  /** @param {string} offer @param {string} text */
  async ring(offer, text) {
    const canNotify = this.#notifier.isAllowed && document.hidden;
    // A tab that can do neither leaves it to one that can.
    if (!(await sounds.canSound()) && !canNotify) return;
    if (!(await claim(offer))) return;
    sounds.play(OFFER);
    if (canNotify) await this.#notifier.show(text, `offer-${offer}`);
  }

  #showButton() {
    if (this.#button) this.#button.hidden = !this.#notifier.canAsk;
  }
}

/** True in the first tab that asks for this offer. @param {string} offer */
async function claim(offer) {
  const take = () => {
    const rung = (deviceStorage.getItem(RUNG) ?? "").split(" ");
    if (rung.includes(offer)) return false;
    deviceStorage.setItem(RUNG, [...rung.slice(-20), offer].join(" "));
    return true;
  };
  // Without TLS there are no locks; then two tabs may very rarely both ring.
  return navigator.locks ? navigator.locks.request(RUNG, take) : take();
}
