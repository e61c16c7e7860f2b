// The buttons of one room's media: what a press does, and which of them are of use at this moment.
import { delegate } from "../core/dom.js";
import { closest, findAll } from "../core/elements.js";
import { Errand } from "../core/errand.js";
import { abilities, whenDevicesChange } from "../rtc/media.js";
import { SHARING } from "./live_activities.js";

// Milliseconds from one report of what the page can do to the next: a plug with a loose contact comes and goes.
const REST = 4_000;

/**
 * What they work on; `beyond` is the sentence that live media do not reach this page, where they do not.
 * @typedef {{live: import("./live_activities.js").LiveActivities, api: import("./activity_api.js").ActivityApi,
 *   notices: import("./media_notices.js").MediaNotices, screens: import("./outgoing.js").Outgoing,
 *   cameras: import("./outgoing.js").Outgoing, sharings: import("./sharing.js").Sharing[],
 *   video: import("./video.js").Video, voice: import("./voice.js").Voice,
 *   devices: import("./devices_dialog.js").DevicesDialog, beyond: Element | null}} Media
 */

export class MediaButtons {
  #root;
  #media;
  #canTurn = false;

  /** @param {HTMLElement} root @param {Media} media */
  constructor(root, media) {
    this.#root = root;
    this.#media = media;
    this.#listen();
    media.video.onWaiting = () => this.offerResume();
    for (const outgoing of [media.screens, media.cameras]) outgoing.on("shown", () => this.offerResume());
    root.addEventListener("region:refreshed", () => this.offerResume());
    const reports = new Errand(() => this.#report(), { rest: REST });
    whenDevicesChange(() => reports.ask("abilities"));
    reports.ask("abilities");
  }

  #listen() {
    const { api, video, voice, devices } = this.#media;
    const on = (/** @type {string} */ selector, /** @type {(button: HTMLElement, event: Event) => void} */ handle) =>
      delegate(this.#root, "click", selector, handle);
    on("[data-share-mine]", (button) => this.#sharing(button.dataset.shareMine ?? "")?.start());
    on("[data-allow]", (button, event) => this.#allow(button, event));
    on("[data-deliver]", (button) => this.#deliver(Number(button.dataset.deliver)));
    on("[data-resume]", (button) => this.#deliver(Number(button.dataset.resume)));
    on("[data-camera]", () => this.#ifReached(() => video.toggle((activity) => api.stop(activity))));
    on("[data-turn-camera]", () => video.turn());
    on("[data-call-toggle]", () => this.#ifReached(() => (voice.state === "in" ? voice.hangUp() : voice.join())));
    on("[data-devices]", () => devices.open());
  }

  /**
   * The customer's yes is the press that the browser's own window needs: it is opened first, and the site told
   * meanwhile.
   * @param {HTMLElement} button @param {Event} event
   */
  #allow(button, event) {
    event.preventDefault();
    const { live, api, video, notices } = this.#media;
    const activity = Number(button.dataset.allow);
    const ask = closest(button, "[data-ask]");
    const kind = ask?.dataset.kind ?? live.get(activity)?.kind ?? "";
    const allow = () => api.allow(activity, button.getAttribute("name") === "standing");
    if (SHARING.includes(kind)) this.#sharing(kind)?.deliver(activity, soon(allow));
    else if (kind === "video") video.deliver(activity, soon(allow));
    else allow().catch((refusal) => notices.refused({ message: refusal.message }));
  }

  /** Whom live media do not reach is told so. @param {() => void} act */
  #ifReached(act) {
    const { beyond, notices } = this.#media;
    if (beyond) notices.refused({ message: beyond.textContent ?? "" });
    else act();
  }

  /** @param {number} activity */
  #deliver(activity) {
    const { live, video } = this.#media;
    const kind = live.get(activity)?.kind ?? "";
    if (kind === "video") video.deliver(activity);
    else this.#sharing(kind)?.deliver(activity);
  }

  /** @param {string} kind */
  #sharing(kind) {
    return this.#media.sharings.find((each) => each.isOf(kind));
  }

  /** A screen needs a press to be shown again: the button that asks for it, if mine runs without a picture. */
  offerResume() {
    const { screens, video } = this.#media;
    for (const button of findAll(this.#root, "[data-resume]")) {
      button.hidden = Boolean(screens.streamOf(Number(button.dataset.resume)));
    }
    for (const box of findAll(this.#root, "[data-camera-waits]")) {
      box.hidden = !video.waitsFor(Number(box.dataset.cameraWaits));
    }
    const turns = video.mine && this.#canTurn;
    for (const button of findAll(this.#root, "[data-turn-camera]")) button.hidden = !turns;
  }

  /** What this page can do. @returns {Promise<import("../core/http.js").Refusal | null>} */
  async #report() {
    const can = await abilities();
    this.#canTurn = can.phone && can.camera;
    return this.#media.api.equip(can).then(
      () => null,
      (refusal) => refusal,
    );
  }
}

/** Run `send` right after the handler that calls this: the press belongs to the browser's own window first. */
function soon(/** @type {() => Promise<unknown>} */ send) {
  return Promise.resolve().then(send);
}
