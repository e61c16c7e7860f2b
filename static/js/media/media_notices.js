// What people are told about media, in sentences that say what to do; the words stand in the element's data-text-…
// attributes.
import { apart } from "../core/directions.js";
import { maybe } from "../core/elements.js";
import { textOf } from "../core/texts.js";
import { announce } from "../ui/announcer.js";
import { closeMenus } from "../ui/menu.js";
import { toast } from "../ui/toast.js";

// After so many attempts without once being in touch, it is the network that forbids it.
const ATTEMPTS_TOLD = 3;

export class MediaNotices {
  #root;
  #live;
  #texts;
  #me;
  #attempts = 0;
  /** Why a customer declined, by activity. @type {Map<number, string>} */
  #reasons = new Map();

  /**
   * @param {HTMLElement} root @param {import("./live_activities.js").LiveActivities} live @param {DOMStringMap} texts
   */
  constructor(root, live, texts) {
    this.#root = root;
    this.#live = live;
    this.#texts = texts;
    this.#me = Number(root.dataset.meId);
    live.on("changed", (changed) => this.#onChanged(changed));
    live.on("ended", (ended) => this.#onEnded(ended));
    // Those who come late are told at once (E43).
    const recording = live.all.find(({ kind }) => kind === "recording");
    if (recording) this.#tellRecording(recording.state);
  }

  /**
   * Whether the page is in touch with the site at all.
   * @param {import("../core/event_stream.js").EventStream} stream
   */
  watch(stream) {
    stream.on("recording.paused", () => announce(this.#texts.textRecordingPaused ?? "", { urgent: true }));
    stream.on("recording.resumed", () => announce(this.#texts.textRecordingResumed ?? "", { urgent: true }));
    stream.on("call.declined", (event) => this.#tellDeclined(event.data.activity, event));
    stream.on("consent.explained", ({ data: { activity, reason } }) => this.#reasons.set(activity, reason));
    stream.on("consent.answered", (event) => {
      const { activity, answer } = event.data;
      if (answer === "declined") this.#tellDeclined(activity, event);
    });
    stream.on("following", () => {
      if (this.#attempts >= ATTEMPTS_TOLD) this.#note("");
      this.#attempts = -Infinity;
    });
    stream.on("lost", () => ++this.#attempts === ATTEMPTS_TOLD && this.#note(this.#texts.textNoSocket ?? ""));
  }

  /** This browser, or the site, said no. @param {import("./outgoing.js").MediaRefusal} refusal */
  refused({ failure, message }) {
    this.#say(failure ? textOf(this.#texts, failure) : (message ?? ""), { urgent: true });
  }

  /** Whose microphone was pulled out: one's own, or another's. @param {string} from */
  microphoneGone(from) {
    const words =
      from === this.#root.dataset.me
        ? this.#texts.textMicrophoneGone
        : this.#about("textOtherMicrophoneGone", this.#live.nameOf(from));
    this.#say(words ?? "", { urgent: true });
  }

  /** No way to another's browser was found. */
  noReach() {
    this.#note(this.#texts.textNoReach ?? "");
  }

  /** @param {import("./live_activities.js").LiveActivitiesEvents["changed"]} changed */
  #onChanged({ live, was, event }) {
    if (live.kind === "recording") return was === live.state || this.#tellRecording(live.state);
    const mine = live.owner === this.#me;
    if (live.state === "requested" && mine) {
      closeMenus(this.#root.ownerDocument);
      announce(this.#about("textAsks", event.actor?.name ?? ""), { urgent: true });
    }
    if (live.state !== "running" || mine || live.kind === "files") return;
    if (live.kind === "voice" && event.type === "activity.moved")
      this.#say(this.#about("textCallMoved", live.owner_name));
    else if (live.kind === "voice" && was !== "running")
      announce(this.#about("textCalls", live.owner_name), { urgent: true });
    else if (was !== "running") announce(this.#about("textShows", live.owner_name));
  }

  /**
   * Of what ends with the no, its end tells. A call goes on, so whose it is hears it here.
   * @param {number} activity @param {import("../core/event_stream.js").StreamEvent} event
   */
  #tellDeclined(activity, { actor }) {
    const live = this.#live.get(activity);
    if (live?.kind === "voice" && live.owner === this.#me) {
      this.#say(this.#about("textCallDeclined", actor?.name ?? ""), { urgent: true });
    }
  }

  /** Everybody hears of it, no matter who records. @param {string} state */
  #tellRecording(state) {
    announce((state === "running" ? this.#texts.textRecording : this.#texts.textRecordingSoon) ?? "", { urgent: true });
  }

  /** @param {import("./live_activities.js").LiveActivitiesEvents["ended"]} ended */
  #onEnded({ live, reason, failure, event }) {
    const mine = live.owner === this.#me;
    if (live.kind === "recording" && reason === "no_space") {
      return this.#say(this.#texts["textRecordingNo_space"] ?? "", { urgent: true });
    }
    if (live.kind === "recording" && reason !== "failed") return this.#say(this.#texts.textRecordingOver ?? "");
    if (live.kind === "voice") {
      return this.#say(reason === "no_voice" ? (this.#texts.textNo_voice ?? "") : (this.#texts.textCallOver ?? ""));
    }
    // Of files the list says the rest.
    if (live.kind === "files" && !["declined", "unanswered"].includes(reason)) return;
    if (reason === "failed" && mine) return;
    if (reason === "failed") return this.#say(about(textOf(this.#texts, failure, "textOther"), live.owner_name));
    if (reason === "switched" || reason === "control_transferred") {
      // Where a sentence says who helps now, it says this too.
      const isTold = reason === "control_transferred" && maybe(this.#root, "[data-handover]");
      return isTold ? undefined : this.#say(textOf(this.#texts, reason));
    }
    const byOwner = !mine && ["declined", "unanswered", "consent_withdrawn"].includes(reason);
    if (byOwner) return this.#say(about(textOf(this.#texts, reason), live.owner_name) + this.#because(live.activity));
    if (!mine && reason === "stopped" && event.actor?.key === `participant.${live.owner}`) {
      this.#say(this.#about("textStopped", live.owner_name));
    }
  }

  /** The customer's reason, after the sentence that they declined. @param {number} activity */
  #because(activity) {
    const reason = this.#reasons.get(activity) ?? "";
    const words = textOf(this.#texts, reason, "textReason") || apart(reason);
    return reason && ` ${(this.#texts.textBecause ?? "").replace("{reason}", () => words)}`;
  }

  /** @param {string} text @param {string} name */
  #about(text, name) {
    return about(this.#texts[text] ?? "", name);
  }

  /** @param {string} words @param {{urgent?: boolean}} [how] */
  #say(words, how) {
    if (!words) return;
    toast(words);
    announce(words, how);
  }

  /** What stays on the page until it is no longer so. @param {string} words */
  #note(words) {
    const place = maybe(this.#root, "[data-media-note]");
    if (!place) return;
    place.textContent = words;
    place.hidden = !words;
  }
}

/** @param {string} words @param {string} name */
function about(words, name) {
  return words.replaceAll("{name}", () => apart(name));
}
