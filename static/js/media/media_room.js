// Live media of one room: puts the activities together, and turns presses into them. Both doors use it.
import { ActivityApi } from "./activity_api.js";
import { ApplicationSharing } from "./application_sharing.js";
import { DesktopSharing } from "./desktop_sharing.js";
import { LiveActivities, SHARING } from "./live_activities.js";
import { Outgoing } from "./outgoing.js";
import { Stage } from "./stage.js";
import { Video } from "./video.js";
import { Voice } from "./voice.js";
import { delegate } from "../core/dom.js";
import { Ice } from "../rtc/ice.js";
import { abilities } from "../rtc/media.js";
import { Peers } from "../rtc/peers.js";
import { Signalling } from "../rtc/signalling.js";
import { CallBar } from "./call_bar.js";
import { DevicesDialog } from "./devices_dialog.js";
import { FileRoom } from "../files/file_room.js";
import { MediaNotices } from "./media_notices.js";
import { RoomRecording } from "../recording/room_recording.js";
import { randomName } from "../core/random_name.js";

const MARKS = ["pointer.moved", "draw.stroke", "draw.cleared"];
const ENDS = /** @type {const} */ (["over", "opened-elsewhere", "reload", "session.ended"]);

export class MediaRoom {
  #root;
  #stream;
  #me;
  #key;
  #texts;
  /** @type {Map<number, import("../rtc/peers.js").Incoming>} */
  #incoming = new Map();

  /** @param {HTMLElement} root @param {import("../core/event_stream.js").EventStream} stream */
  constructor(root, stream) {
    const element = /** @type {HTMLElement} */ (root.querySelector("[data-media]"));
    this.#root = root;
    this.#stream = stream;
    this.#texts = element.dataset;
    this.#me = root.dataset.me ?? "";
    this.#key = root.dataset.key ?? "";
    const { activities = "[]", people = "{}", baseUrl = "" } = element.dataset;
    this.live = new LiveActivities(JSON.parse(activities), JSON.parse(people), stream);
    this.api = new ActivityApi(baseUrl);
    this.stage = new Stage(
      /** @type {HTMLElement} */ (root.querySelector("[data-stage-live]")),
      /** @type {HTMLTemplateElement} */ (element.querySelector("[data-tile-template]")),
      { me: this.#me, nameOf: (key) => this.live.nameOf(key) },
    );
    this.notices = new MediaNotices(root, this.live, this.#texts);
    this.notices.watch(stream);
    this.#open(baseUrl);
  }

  /** @param {string} baseUrl */
  async #open(baseUrl) {
    const ice = new Ice(`${baseUrl}ice/`);
    const signalling = new Signalling(this.#stream, randomName());
    this.peers = new Peers(signalling, { me: this.#me, configuration: await ice.configuration() });
    ice.onRenewed = (configuration) => this.peers?.handleConfiguration(configuration);
    this.#compose(this.peers);
    this.#followPeers(this.peers);
    this.#followStream(this.peers, ice);
    this.#listen();
    this.#report();
    this.#takeUp();
  }

  /** @param {Peers} peers */
  #followCircle(peers) {
    peers.handleCircle(!this.#beyond);
    if (!this.#beyond) return;
    // Somebody took this place, such as who controls the session now: what was sent from here reaches nobody any more.
    if (this.voice?.state === "in") this.voice.hangUp();
    for (const { activity } of this.live.all) if (this.#isMine(activity)) this.api.stop(activity).catch(() => {});
  }

  /** The sentence that live media do not reach this page, where they do not. */
  get #beyond() {
    return this.#root.querySelector("[data-beyond]");
  }

  /** @param {number} activity */
  #isMine(activity) {
    return Boolean(this.screens?.streamOf(activity) ?? this.cameras?.streamOf(activity));
  }

  /** @param {Peers} peers */
  #compose(peers) {
    const { live, api } = this;
    this.screens = new Outgoing({ live, api, peers, kind: "screen" });
    this.cameras = new Outgoing({ live, api, peers, kind: "camera" });
    this.sharings = [new DesktopSharing(this.screens), new ApplicationSharing(this.screens)];
    this.video = new Video(this.cameras, live, this.#myId);
    const sounds = /** @type {Element} */ (this.#root.querySelector("[data-sounds]"));
    this.voice = new Voice({
      live,
      api,
      peers,
      me: this.#me,
      sounds,
      memory: `call.${this.#key}`,
      isCustomer: this.#isCustomer,
    });
    this.files = new FileRoom(this.#root, {
      stream: this.#stream,
      peers,
      base: this.#texts.baseUrl ?? "",
      me: this.#myId,
      nameOf: (key) => live.nameOf(key),
    });
    this.callBar = new CallBar(
      /** @type {HTMLElement} */ (this.#root.querySelector("[data-call]")),
      this.voice,
      (key) => live.nameOf(key),
      this.#root,
    );
    this.devices = new DevicesDialog(
      /** @type {HTMLDialogElement} */ (
        this.#root.querySelector("[data-devices-dialog]") ?? document.querySelector("[data-devices-dialog]")
      ),
      this.#texts,
    );
    if (!this.#isCustomer) this.recording = new RoomRecording(this.#root, this.#stream, this, this.#texts);
    for (const outgoing of [this.screens, this.cameras]) {
      outgoing.on("shown", (shown) => this.#showMine(shown));
      outgoing.on("hidden", ({ activity }) => this.stage.hide(activity));
      outgoing.on("refused", (refusal) => this.notices.refused(refusal));
    }
    this.voice.on("refused", (refusal) => this.notices.refused(refusal));
    this.voice.on("microphone-gone", ({ from }) => this.notices.microphoneGone(from));
    this.devices.on("closed", ({ chosen }) => this.#onDevicesClosed(chosen));
    live.on("changed", ({ live: { activity } }) => this.#show(activity));
    live.on("ended", ({ live: { activity } }) => this.#onEnded(activity));
  }

  get #isCustomer() {
    return (this.#texts.baseUrl ?? "").startsWith("/support/");
  }

  get #myId() {
    return Number(this.#root.dataset.meId);
  }

  /** @param {Peers} peers */
  #followPeers(peers) {
    peers.on("stream", (incoming) => this.#onStream(incoming));
    peers.on("gone", (incoming) => this.#onGone(incoming));
    peers.on("quality", ({ from, word }) => this.#onQuality(from, word));
    peers.on("no-reach", ({ from }) => this.notices.noReach(from));
  }

  /** @param {Peers} peers @param {Ice} ice */
  #followStream(peers, ice) {
    this.#followCircle(peers);
    this.#root.addEventListener("region:refreshed", () => this.#followCircle(peers));
    const stream = this.#stream;
    stream.on("following", () => peers.handleFollowing());
    stream.on("participant.left", ({ data }) => peers.handleLeft(`participant.${data.participant}`));
    stream.on("participant.lost", ({ data }) => this.#freeze(`participant.${data.participant}`));
    stream.on("participant.returned", ({ data }) => this.stage.freeze(`participant.${data.participant}`, ""));
    for (const type of MARKS) {
      stream.on(`signal:${type}`, ({ from, data }) => from && this.stage.handleSignal(type, from.key, data));
    }
    for (const end of ENDS) stream.on(end, () => this.#close(peers, ice));
    this.stage.on("signal", ({ type, data }) => stream.signal(type, data));
    addEventListener("online", () => peers.handleNetworkChange());
    addEventListener("pagehide", () => this.#close(peers, ice));
    /** @type {any} */ (navigator).connection?.addEventListener?.("change", () => peers.handleNetworkChange());
    if (this.#stream.isFollowing) peers.handleFollowing();
  }

  // ---- presses

  #listen() {
    const on = (/** @type {string} */ selector, /** @type {(button: HTMLElement, event: Event) => void} */ handle) =>
      delegate(this.#root, "click", selector, handle);
    on("[data-share-mine]", (button) => this.#sharing(button.dataset.shareMine ?? "")?.start());
    on("[data-allow]", (button, event) => this.#allow(button, event));
    on("[data-deliver]", (button) => this.#deliver(Number(button.dataset.deliver)));
    on("[data-resume]", (button) => this.#deliver(Number(button.dataset.resume)));
    on("[data-camera]", () => this.#ifReached(() => this.video?.toggle((activity) => this.api.stop(activity))));
    on("[data-turn-camera]", () => this.video?.turn());
    on("[data-call-toggle]", () =>
      this.#ifReached(() => (this.voice?.state === "in" ? this.voice.hangUp() : this.voice?.join())),
    );
    on("[data-devices]", () => this.devices?.open());
    this.#root.addEventListener("region:refreshed", () => this.#offerResume());
    navigator.mediaDevices?.addEventListener?.("devicechange", () => this.#report());
  }

  /**
   * The customer's yes is the press that the browser's own window needs: it is opened first, and the site told
   * meanwhile.
   * @param {HTMLElement} button @param {Event} event
   */
  #allow(button, event) {
    event.preventDefault();
    const activity = Number(button.dataset.allow);
    const form = /** @type {HTMLFormElement} */ (button.closest("form"));
    const live = this.live.get(activity);
    const kind = /** @type {HTMLElement | null} */ (button.closest("[data-ask]"))?.dataset.kind ?? live?.kind ?? "";
    const standing = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("standing"))?.checked ?? false;
    const allow = () => this.api.allow(activity, standing);
    if (SHARING.includes(kind)) this.#sharing(kind)?.deliver(activity, soon(allow));
    else if (kind === "video") this.video?.deliver(activity, soon(allow));
    else allow().catch((refusal) => this.notices.refused({ message: refusal.message }));
  }

  /**
   * Who is in the call goes on with the microphone chosen, and with the only one there is if theirs was pulled out.
   * @param {Set<string>} chosen
   */
  #onDevicesClosed(chosen) {
    if (this.voice?.isGone || chosen.has("audioinput")) this.voice?.changeMicrophone();
  }

  /** Whom live media do not reach is told so. @param {() => void} act */
  #ifReached(act) {
    if (this.#beyond) this.notices.refused({ message: this.#beyond.textContent ?? "" });
    else act();
  }

  /** @param {number} activity */
  #deliver(activity) {
    this.#sharing(this.live.get(activity)?.kind ?? "")?.deliver(activity);
  }

  /** @param {string} kind */
  #sharing(kind) {
    return this.sharings?.find((each) => each.isOf(kind));
  }

  // ---- what comes of it

  /** What this page was showing or saying before it was loaded anew. */
  #takeUp() {
    this.video?.resume();
    this.voice?.resume();
    this.recording?.resume();
    this.#offerResume();
  }

  /** A screen needs a press to be shown again: the button that asks for it, if mine runs without a picture. */
  #offerResume() {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.#root.querySelectorAll("[data-resume]"))) {
      button.hidden = Boolean(this.screens?.streamOf(Number(button.dataset.resume)));
    }
    const turns = this.video?.mine && this.#canTurn;
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.#root.querySelectorAll("[data-turn-camera]"))) {
      button.hidden = !turns;
    }
  }

  /** @param {{activity: number, kind: string, stream: MediaStream}} shown */
  #showMine({ activity, kind, stream }) {
    this.stage.show({
      activity,
      from: this.#me,
      kind,
      stream,
      mine: true,
      caption: this.#texts[kind === "screen" ? "textMyScreen" : "textMyCamera"] ?? "",
      surface: "",
    });
    this.#offerResume();
  }

  /** @param {import("../rtc/peers.js").Incoming} incoming */
  #onStream(incoming) {
    if (incoming.kind === "voice") return;
    this.#incoming.set(incoming.activity, incoming);
    this.#show(incoming.activity);
  }

  /** Only what the session knows to run, and of whom it says so, is shown. @param {number} activity */
  #show(activity) {
    const live = this.live.get(activity);
    const incoming = this.#incoming.get(activity);
    if (!live || !incoming || live.state === "requested" || `participant.${live.owner}` !== incoming.from) return;
    const { from, kind, stream } = incoming;
    const words = (kind === "screen" ? this.#texts.textScreen : this.#texts.textCamera) ?? "";
    const surface =
      { monitor: this.#texts.textMonitor, window: this.#texts.textWindow, browser: this.#texts.textBrowser }[
        /** @type {string} */ (live.details.surface)
      ] ?? "";
    this.stage.show({
      activity,
      from,
      kind,
      stream,
      mine: false,
      caption: words.replace("{name}", () => this.live.nameOf(from)),
      surface,
    });
  }

  /** @param {import("../rtc/peers.js").Incoming} incoming */
  #onGone(incoming) {
    if (this.#incoming.get(incoming.activity)?.stream !== incoming.stream) return;
    this.#incoming.delete(incoming.activity);
    this.stage.hide(incoming.activity);
  }

  /** @param {number} activity */
  #onEnded(activity) {
    this.#incoming.delete(activity);
    this.stage.hide(activity);
  }

  /** @param {string} from @param {string} word */
  #onQuality(from, word) {
    this.stage.judge(from, word, this.#texts[`text${word[0].toUpperCase()}${word.slice(1)}`] ?? "");
    if (word === "lost") this.#freeze(from);
    else if (word !== "connecting") this.stage.freeze(from, "");
  }

  /** @param {string} from */
  #freeze(from) {
    this.stage.freeze(
      from,
      (this.#texts.textFrozen ?? "").replace("{name}", () => this.live.nameOf(from)),
    );
  }

  // ---- what this page can do

  #canTurn = false;

  async #report() {
    const can = await abilities();
    this.#canTurn = can.phone && can.camera;
    this.api.equip(can).catch(() => {});
  }

  /** What is still on its way to the site has arrived. */
  async settled() {
    await this.recording?.settled();
  }

  /** @param {Peers} peers @param {Ice} ice */
  #close(peers, ice) {
    this.recording?.stop();
    ice.stop();
    peers.close();
    for (const { activity } of this.live.all) {
      for (const outgoing of [this.screens, this.cameras])
        outgoing
          ?.streamOf(activity)
          ?.getTracks()
          .forEach((track) => track.stop());
    }
  }
}

/** Run `send` right after the handler that calls this: the press belongs to the browser's own window first. */
function soon(/** @type {() => Promise<any>} */ send) {
  return Promise.resolve().then(send);
}
