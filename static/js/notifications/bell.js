// Whatever rings: a tone and, while the page is out of sight, a notification of the browser, as the person has chosen.
// Of several tabs on a device one rings; several rings within a moment are one.

import { deviceStorage } from "../core/device_storage.js";
import { pause } from "../core/pause.js";
import * as tones from "../ui/sounds.js";
import { choices as ownChoices } from "./choices.js";

/**
 * @typedef {import("./choices.js").Kind} Kind
 * @typedef {import("./notifier.js").Notifier} Notifier
 * @typedef {{kind: Kind, id: string, text: string, tag?: string, url?: string, isBeside?: boolean}} Ring
 *   id: what rings once on a device. tag: a later notification with the same one takes its place. url: the page to
 *   which a press on it leads. isBeside: that is a page of its own, and this one goes on.
 */

const RUNG = "rung";
const KEPT = 20;
// Milliseconds.
const MOMENT = 4_000;

/** @type {Record<Kind, tones.Tones>} */
export const TONES = {
  joined: tones.JOINED,
  door: tones.DOOR,
  wrote: tones.WROTE,
  answered: tones.ANSWERED,
  lost: tones.LOST,
  opened: tones.OPENED,
  assistant: tones.ASSISTS,
  asked: tones.ASKED,
  offer: tones.OFFER,
};

export class Bell {
  #notifier;
  #choices;
  #sounds;
  /** When each tag rang last. @type {Map<string, number>} */
  #rang = new Map();

  /**
   * @param {Pick<Notifier, "isAllowed" | "show">} notifier
   * @param {{choices?: Pick<import("./choices.js").Choices, "mayShow" | "maySound">,
   *   sounds?: Pick<tones.Sounds, "isOn" | "canSound" | "play">}} [ways]
   */
  constructor(notifier, { choices = ownChoices, sounds = tones.sounds } = {}) {
    this.#notifier = notifier;
    this.#choices = choices;
    this.#sounds = sounds;
  }

  /** @param {Ring} ring @param {{isHidden?: boolean}} [page] isHidden: nobody sees what it shows by itself */
  async ring({ kind, id, text, tag = id, url, isBeside = false }, { isHidden = document.hidden } = {}) {
    const isAgain = this.#isAgain(tag);
    const canShow = this.#notifier.isAllowed && isHidden && this.#choices.mayShow(kind);
    const canSound = !isAgain && this.#choices.maySound(kind) && (await this.#sounds.canSound());
    // A tab that can do neither leaves it to one that can.
    if (!canSound && !canShow) return;
    if (!(await claim(id))) return;
    if (canSound) this.#sounds.play(TONES[kind]);
    // A browser's own sound only where the page wants one and may make none, and never where sounds are off.
    const isSilent = canSound || isAgain || !this.#choices.maySound(kind) || !this.#sounds.isOn;
    if (canShow) await this.#notifier.show(text, tag, { url, isBeside, isSilent, isAgain });
  }

  /** @param {string} tag */
  #isAgain(tag) {
    const before = this.#rang.get(tag) ?? -Infinity;
    this.#rang.set(tag, Date.now());
    return Date.now() - before < MOMENT;
  }
}

/** True in the first tab that asks for this one. @param {string} id @returns {Promise<boolean>} */
function claim(id) {
  const take = () => {
    const rung = (deviceStorage.getItem(RUNG) ?? "").split(" ");
    if (rung.includes(id)) return false;
    deviceStorage.setItem(RUNG, [...rung.slice(-KEPT), id].join(" "));
    return true;
  };
  // Without TLS there are no locks; then two tabs may very rarely both ring.
  if (!navigator.locks) return Promise.resolve(take());
  return new Promise((resolve) => {
    void navigator.locks.request(`${RUNG} ${id}`, { ifAvailable: true }, async (lock) => {
      const isMine = lock !== null && take();
      resolve(isMine);
      // What is kept on the device reaches the other tabs a little later.
      if (isMine) await pause(MOMENT);
    });
  });
}
