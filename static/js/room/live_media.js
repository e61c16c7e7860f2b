// What one room does with other browsers: it opens the way to them, and gives it to media, files and the recording.
// On the CSR's page and the customer's.
import { find } from "../core/elements.js";
import { randomName } from "../core/random_name.js";
import { tell } from "../core/regions.js";
import { FileRoom } from "../files/file_room.js";
import { LiveFiles } from "../files/live_files.js";
import { ActivityApi } from "../media/activity_api.js";
import { LiveActivities } from "../media/live_activities.js";
import { MediaNotices } from "../media/media_notices.js";
import { MediaRoom } from "../media/media_room.js";
import { Pictures } from "../media/pictures.js";
import { RoomRecording } from "../recording/room_recording.js";
import { Ice } from "../rtc/ice.js";
import { Peers } from "../rtc/peers.js";
import { Signalling } from "../rtc/signalling.js";
import { Rings } from "../ui/rings.js";

export class LiveMedia {
  #root;
  #stream;
  #texts;
  #live;
  #files;
  #notices;
  /** @type {RoomRecording | undefined} */
  #recording;
  /** @type {MediaRoom | undefined} */
  #media;

  /** @param {HTMLElement} root @param {import("../core/event_stream.js").EventStream} stream */
  constructor(root, stream) {
    const element = find(root, "[data-media]");
    const { activities = "[]", people = "{}" } = element.dataset;
    this.#root = root;
    this.#stream = stream;
    this.#texts = element.dataset;
    // What happens before there is a way is heard, too.
    this.#live = new LiveActivities(JSON.parse(activities), JSON.parse(people), stream);
    const { transfers = "[]" } = find(root, "[data-files]").dataset;
    this.#files = new LiveFiles(JSON.parse(transfers), Number(root.dataset.meId), stream);
    this.#notices = new MediaNotices(root, this.#live, this.#texts);
    this.#notices.watch(stream);
    new Rings(root);
    this.#open();
  }

  /** What is still on its way to the site has arrived. */
  async settled() {
    await this.#recording?.settled();
  }

  /** What runs, from the beginning. */
  get activities() {
    return this.#live;
  }

  /** The call, as soon as there is a way to the others. */
  get voice() {
    return this.#media?.voice;
  }

  async #open() {
    const ice = new Ice(`${this.#base}ice/`);
    const signalling = new Signalling(this.#stream, randomName());
    const peers = new Peers(signalling, { me: this.#root.dataset.me ?? "", configuration: await ice.configuration() });
    ice.onRenewed = (configuration) => peers.handleConfiguration(configuration);
    const media = this.#compose(peers);
    this.#follow(ice, peers, () => this.#close(ice, peers, media));
    media.takeUp();
    this.#recording?.resume();
  }

  /** @param {Peers} peers */
  #compose(peers) {
    const [root, stream, live, notices, texts] = [this.#root, this.#stream, this.#live, this.#notices, this.#texts];
    const isCustomer = "customer" in root.dataset;
    const api = new ActivityApi(this.#base);
    const pictures = new Pictures(root, live, texts);
    const media = new MediaRoom(root, peers, { stream, live, api, notices, pictures, texts, isCustomer });
    this.#media = media;
    // For who shows the call elsewhere.
    media.voice.on("state", (call) => tell(root, "call:changed", call));
    media.voice.on("speakers", (said) => tell(root, "call:speakers", said));
    const me = Number(root.dataset.meId);
    new FileRoom(root, { stream, files: this.#files, peers, base: this.#base, me, nameOf: (key) => live.nameOf(key) });
    if (!isCustomer) {
      const { stage } = pictures;
      this.#recording = new RoomRecording(root, stream, { live, api, stage, voice: media.voice, notices }, texts);
    }
    return media;
  }

  /** @param {Ice} ice @param {Peers} peers @param {() => void} close */
  #follow(ice, peers, close) {
    const stream = this.#stream;
    const onNetworkChange = () => ice.whenFresh(() => peers.handleNetworkChange());
    stream.on("following", () => ice.whenFresh(() => peers.handleFollowing()));
    stream.on("participant.left", ({ data }) => peers.handleLeft(`participant.${data.participant}`));
    stream.onAny(["over", "opened-elsewhere", "reload", "session.ended"], close);
    addEventListener("online", onNetworkChange);
    addEventListener("pagehide", close);
    /** @type {Navigator & {connection?: EventTarget}} */
    const { connection } = navigator;
    connection?.addEventListener?.("change", onNetworkChange);
    if (stream.isFollowing) peers.handleFollowing();
  }

  /** @param {Ice} ice @param {Peers} peers @param {MediaRoom} media */
  #close(ice, peers, media) {
    this.#recording?.stop();
    ice.stop();
    peers.close();
    media.stop();
  }

  get #base() {
    return this.#texts.baseUrl ?? "";
  }
}
