// Live media of one room, as soon as it has a way to the other browsers: what this page sends, and the call.
import { ApplicationSharing } from "./application_sharing.js";
import { find, maybe } from "../core/elements.js";
import { CallBar } from "./call_bar.js";
import { CallRing } from "./call_ring.js";
import { DesktopSharing } from "./desktop_sharing.js";
import { DevicesDialog } from "./devices_dialog.js";
import { firstWord } from "./first_word.js";
import { MediaButtons } from "./media_buttons.js";
import { Outgoing } from "./outgoing.js";
import { Video } from "./video.js";
import { Voice } from "./voice.js";

/**
 * What a room has before it has a way to the others.
 * @typedef {{stream: import("../core/event_stream.js").EventStream,
 *   live: import("./live_activities.js").LiveActivities, api: import("./activity_api.js").ActivityApi,
 *   notices: import("./media_notices.js").MediaNotices, pictures: import("./pictures.js").Pictures,
 *   texts: DOMStringMap, isCustomer: boolean}} RoomParts
 */

export class MediaRoom {
  #root;
  #peers;
  #buttons;

  /** @param {HTMLElement} root @param {import("../rtc/peers.js").Peers} peers @param {RoomParts} parts */
  constructor(root, peers, { stream, live, api, notices, pictures, texts, isCustomer }) {
    const { me = "", meId, key } = root.dataset;
    this.#root = root;
    this.#peers = peers;
    this.live = live;
    this.api = api;
    this.notices = notices;
    this.screens = new Outgoing({ live, api, peers, kind: "screen" });
    this.cameras = new Outgoing({ live, api, peers, kind: "camera" });
    this.sharings = [new DesktopSharing(this.screens), new ApplicationSharing(this.screens)];
    const sayFirst = firstWord(root, texts);
    this.video = new Video(this.cameras, live, Number(meId), sayFirst);
    const sounds = find(root, "[data-sounds]");
    const memory = `call.${key ?? ""}`;
    this.voice = new Voice({ live, api, peers, me, sounds, memory, isCustomer, firstWord: sayFirst });
    const call = find(root, "[data-call]");
    new CallBar(call, this.voice, (person) => live.nameOf(person), root);
    new CallRing(find(call, "[data-stop-ringing]"), { voice: this.voice, live, stream });
    const dialog = maybe(root, "dialog[data-devices-dialog]") ?? find(document, "dialog[data-devices-dialog]");
    this.devices = new DevicesDialog(dialog, texts);
    pictures.follow(stream, peers, [this.screens, this.cameras]);
    this.#tell();
    this.#buttons = new MediaButtons(root, this);
    this.#followCircle();
    root.addEventListener("region:refreshed", () => this.#followCircle());
  }

  /** What this page was showing or saying before it was reloaded. */
  takeUp() {
    this.video.resume();
    this.voice.resume();
    this.#buttons.offerResume();
  }

  /** Nothing is captured any more. */
  stop() {
    for (const { activity } of this.live.all) {
      this.#streamOf(activity)?.getTracks().forEach((track) => track.stop());
    }
  }

  /** The sentence that live media do not reach this page, where they do not. */
  get beyond() {
    return this.#root.querySelector("[data-beyond]");
  }

  #followCircle() {
    this.#peers.handleCircle(!this.beyond);
    if (!this.beyond) return;
    // Somebody took this place, such as who controls the session now: what was sent from here reaches nobody any more.
    if (this.voice.state === "in") this.voice.hangUp();
    for (const { activity } of this.live.all) if (this.#streamOf(activity)) this.api.stop(activity).catch(() => {});
  }

  #tell() {
    for (const each of [this.screens, this.cameras]) each.on("refused", (refusal) => this.notices.refused(refusal));
    this.voice.on("refused", (refusal) => this.notices.refused(refusal));
    this.voice.on("microphone-gone", ({ from }) => this.notices.microphoneGone(from));
    this.#peers.on("no-reach", () => this.notices.noReach());
    this.devices.on("closed", ({ chosen }) => this.#onDevicesClosed(chosen));
  }

  /**
   * Who is in the call goes on with the microphone chosen, and with the only one there is if theirs was pulled out.
   * @param {Set<string>} chosen
   */
  #onDevicesClosed(chosen) {
    if (this.voice.isGone || chosen.has("audioinput")) this.voice.changeMicrophone();
  }

  /** @param {number} activity */
  #streamOf(activity) {
    return this.screens.streamOf(activity) ?? this.cameras.streamOf(activity);
  }
}
