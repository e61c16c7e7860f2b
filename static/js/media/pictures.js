// Which pictures stand on the stage: one's own while they are sent, others' as far as the session knows them to run.
import { find } from "../core/elements.js";
import { textOf } from "../core/texts.js";
import { Stage } from "./stage.js";

/** @typedef {import("../rtc/peers.js").Incoming} Incoming */

export class Pictures {
  #live;
  #texts;
  #me;
  /** @type {Map<number, Incoming>} */
  #incoming = new Map();

  /**
   * @param {HTMLElement} root @param {import("./live_activities.js").LiveActivities} live @param {DOMStringMap} texts
   */
  constructor(root, live, texts) {
    this.#live = live;
    this.#texts = texts;
    this.#me = root.dataset.me ?? "";
    this.stage = new Stage(
      find(root, "[data-stage-live]"),
      find(find(root, "[data-media]"), "template[data-tile-template]"),
      { me: this.#me, nameOf: (key) => live.nameOf(key) },
    );
  }

  /**
   * @param {import("../core/event_stream.js").EventStream} stream @param {import("../rtc/peers.js").Peers} peers
   * @param {import("./outgoing.js").Outgoing[]} mine
   */
  follow(stream, peers, mine) {
    this.#live.on("changed", ({ live: { activity } }) => this.#show(activity));
    this.#live.on("ended", ({ live: { activity } }) => this.#onEnded(activity));
    for (const outgoing of mine) {
      outgoing.on("shown", (shown) => this.#showMine(shown));
      outgoing.on("hidden", ({ activity }) => this.stage.hide(activity));
    }
    peers.on("stream", (incoming) => this.#onStream(incoming));
    peers.on("gone", (incoming) => this.#onGone(incoming));
    peers.on("quality", ({ from, word }) => this.#onQuality(from, word));
    stream.on("participant.lost", ({ data }) => this.#freeze(`participant.${data.participant}`));
    stream.on("participant.returned", ({ data }) => this.stage.freeze(`participant.${data.participant}`, ""));
    stream.onAny(["signal:pointer.moved", "signal:draw.stroke", "signal:draw.cleared"], (signal) => {
      if (signal.from) this.stage.handleSignal(signal, signal.from.key);
    });
    this.stage.on("signal", ({ type, data }) => stream.signal(type, data));
  }

  /** @param {import("./outgoing.js").Shown} shown */
  #showMine({ activity, kind, stream }) {
    const caption = this.#texts[kind === "screen" ? "textMyScreen" : "textMyCamera"] ?? "";
    this.stage.show({ activity, from: this.#me, kind, stream, mine: true, caption, surface: "" });
  }

  /** @param {Incoming} incoming */
  #onStream(incoming) {
    if (incoming.kind === "voice") return;
    this.#incoming.set(incoming.activity, incoming);
    this.#show(incoming.activity);
  }

  /** Only what the session knows to run, and of whom it says so, is shown. @param {number} activity */
  #show(activity) {
    const live = this.#live.get(activity);
    const incoming = this.#incoming.get(activity);
    if (!live || !incoming || live.state === "requested" || `participant.${live.owner}` !== incoming.from) return;
    const { from, kind, stream } = incoming;
    const words = (kind === "screen" ? this.#texts.textScreen : this.#texts.textCamera) ?? "";
    const caption = words.replace("{name}", () => this.#live.nameOf(from));
    this.stage.show({ activity, from, kind, stream, mine: false, caption, surface: this.#surface(live) });
  }

  /** @param {import("./live_activities.js").Live} live */
  #surface({ details }) {
    const { textMonitor, textWindow, textBrowser } = this.#texts;
    /** @type {Record<string, string | undefined>} */
    const words = { monitor: textMonitor, window: textWindow, browser: textBrowser };
    return words[details.surface ?? ""] ?? "";
  }

  /** @param {Incoming} incoming */
  #onGone(incoming) {
    if (this.#incoming.get(incoming.activity)?.stream !== incoming.stream) return;
    this.#onEnded(incoming.activity);
  }

  /** @param {number} activity */
  #onEnded(activity) {
    this.#incoming.delete(activity);
    this.stage.hide(activity);
  }

  /** @param {string} from @param {string} word */
  #onQuality(from, word) {
    this.stage.judge(from, word, textOf(this.#texts, word));
    if (word === "lost") this.#freeze(from);
    else if (word !== "connecting") this.stage.freeze(from, "");
  }

  /** @param {string} from */
  #freeze(from) {
    this.stage.freeze(from, (this.#texts.textFrozen ?? "").replace("{name}", () => this.#live.nameOf(from)));
  }
}
