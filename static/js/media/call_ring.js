// A call that nobody has answered yet rings: on the pages that are called, and on the one that calls. Until it is
// answered, declined, silenced by the button or over; a minute at most. One that was there before the page does not.
import { CALL, CALLING, sounds as pageSounds } from "../ui/sounds.js";

const EVERY_MS = 3_000;
const LONGEST_MS = 60_000;

export class CallRing {
  #button;
  #voice;
  #live;
  #sounds;
  /** The call of which nothing is to be heard any more. */
  #settled;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ringing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #longest;

  /**
   * @param {HTMLElement} button stops it
   * @param {{voice: import("./voice.js").Voice, live: import("./live_activities.js").LiveActivities,
   *   stream: import("../core/event_stream.js").EventStream}} room
   */
  constructor(button, { voice, live, stream }, sounds = pageSounds) {
    this.#button = button;
    this.#voice = voice;
    this.#live = live;
    this.#sounds = sounds;
    this.#settled = live.call?.activity ?? 0;
    voice.on("state", () => this.#look());
    voice.on("speakers", ({ speakers }) => speakers.length > 1 && this.#settle());
    stream.on("call.declined", ({ data: { activity } }) => {
      if (activity === live.call?.activity && this.#isMine) this.#settle();
    });
    stream.onAny(["over", "opened-elsewhere", "session.ended"], () => this.#stop());
    button.addEventListener("click", () => this.#settle());
  }

  get #isMine() {
    return this.#voice.state === "in" && this.#voice.isCaller;
  }

  #look() {
    const { call } = this.#live;
    const isNew = call !== undefined && call.activity !== this.#settled;
    if (isNew && this.#voice.state === "offered") this.#ring(CALL);
    else if (isNew && this.#isMine) this.#ring(CALLING);
    else this.#stop();
  }

  #settle() {
    this.#settled = this.#live.call?.activity ?? 0;
    this.#stop();
  }

  /** @param {import("../ui/sounds.js").Tones} tones */
  #ring(tones) {
    if (this.#ringing) return;
    const play = () => {
      this.#button.hidden = !this.#sounds.isOn;
      this.#sounds.play(tones);
    };
    this.#longest = setTimeout(() => this.#settle(), LONGEST_MS);
    this.#ringing = setInterval(play, EVERY_MS);
    play();
  }

  #stop() {
    clearInterval(this.#ringing);
    clearTimeout(this.#longest);
    this.#ringing = undefined;
    this.#button.hidden = true;
  }
}
