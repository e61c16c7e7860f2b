// The voice call: one in a session. Who starts it lets the others answer; everybody hears everybody who has answered.
import { Emitter } from "../core/emitter.js";
import { captureMicrophone, failureOf } from "../rtc/media.js";
import { Meter } from "./meter.js";
import { OtherVoices } from "./other_voices.js";
import { release } from "./outgoing.js";

// Milliseconds, and a level above which somebody speaks.
const LISTEN_EVERY = 250;
const SPEAKS = 0.02;

/**
 * microphone-gone: whose, one's own too. blocked: the browser wants a press before it makes sound.
 * @typedef {{key: string, level: number, muted: boolean, speaks: boolean}} Speaker
 * @typedef {{state: {state: string, muted: boolean, gone: boolean}, "microphone-gone": {from: string},
 *   speakers: {speakers: Speaker[]}, refused: import("./outgoing.js").MediaRefusal, blocked: void}} VoiceEvents
 */

/** @extends {Emitter<VoiceEvents>} */
export class Voice extends Emitter {
  #live;
  #api;
  #peers;
  #me;
  #memory;
  #isCustomer;
  #others;
  /** @type {MediaStream | null} */
  #microphone = null;
  #activity = 0;
  #muted = false;
  #declined = 0;
  // The microphone was pulled out, or the browser was told not to lend it any longer.
  #gone = false;
  #meter = new Meter();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #listening;

  /**
   * @param {{live: import("./live_activities.js").LiveActivities, api: import("./activity_api.js").ActivityApi,
   *   peers: import("../rtc/peers.js").Peers, me: string, sounds: Element, memory: string, isCustomer: boolean}} parts
   *   memory: under which name this tab remembers that it has answered, so that a reload goes on
   */
  constructor({ live, api, peers, me, sounds, memory, isCustomer }) {
    super();
    this.#live = live;
    this.#api = api;
    this.#peers = peers;
    this.#me = me;
    this.#memory = memory;
    this.#isCustomer = isCustomer;
    live.on("changed", ({ live: { kind } }) => kind === "voice" && this.#tellState());
    live.on("ended", ({ live: { activity, kind } }) => kind === "voice" && this.#onEnded(activity));
    this.#others = new OtherVoices(peers, sounds, () => this.state === "in");
    this.#others.on("left", () => this.#tellState());
    this.#others.on("muted", () => this.#listen());
    this.#others.on("gone", (gone) => this.emit("microphone-gone", gone));
    this.#others.on("blocked", () => this.emit("blocked"));
  }

  /** @returns {"away" | "offered" | "in"} */
  get state() {
    const { call } = this.#live;
    if (!call) return "away";
    if (this.#activity === call.activity) return "in";
    return this.#hasDeclined(call) ? "away" : "offered";
  }

  /**
   * What was declined before the page was loaded stands in the snapshot.
   * @param {import("./live_activities.js").Live} call
   */
  #hasDeclined({ activity, details }) {
    return this.#declined === activity || Boolean(details?.declined?.includes(Number(this.#me.split(".")[1])));
  }

  get muted() {
    return this.#muted;
  }

  /** Whether this page is in the call without a microphone. */
  get isGone() {
    return this.#gone;
  }

  /** Everybody's voice in the call, one's own too, for whoever mixes a recording; none while one is not in it. */
  get sounds() {
    if (!this.#microphone || !this.#activity) return [];
    return [this.#microphone, ...this.#others.streamsOf(this.#activity)];
  }

  /** Start the call, or answer the one that runs. */
  async join() {
    if (this.#microphone) return;
    const microphone = await this.#capture();
    if (!microphone) return;
    this.#microphone = microphone;
    try {
      this.#enter(await this.#startOrAnswer());
    } catch (refusal) {
      this.#leave();
      this.emit("refused", { message: refusal.message });
    }
  }

  async #startOrAnswer() {
    const { call } = this.#live;
    if (!call) return (await this.#api.start("voice")).activity;
    // What a customer agrees to is on record; representatives agree to nothing.
    if (this.#isCustomer) await this.#api.answer(call.activity);
    return call.activity;
  }

  /** Whose call it is ends it for all; the others only leave it. */
  async hangUp() {
    const call = this.#live.call;
    this.#leave();
    if (call && `participant.${call.owner}` === this.#me) await this.#api.stop(call.activity).catch(() => {});
  }

  /** Not to be asked about this call any more; starting a call answers it after all. */
  async decline() {
    const { call } = this.#live;
    if (!call) return;
    try {
      await this.#api.decline(call.activity);
      this.#declined = call.activity;
    } catch (refusal) {
      this.emit("refused", { message: refusal.message });
    }
    this.#tellState();
  }

  /** After a reload: whoever had answered goes on. */
  resume() {
    const { call } = this.#live;
    if (call && sessionStorage.getItem(this.#memory) === String(call.activity)) this.join();
    this.#tellState();
  }

  toggleMute() {
    this.#muted = !this.#muted;
    this.#microphone?.getAudioTracks().forEach((track) => (track.enabled = !this.#muted));
    this.#peers.mute(this.#activity, this.#muted, this.#gone);
    this.#tellState();
  }

  /** Speak into the microphone that is chosen now, in the middle of the call. */
  async changeMicrophone() {
    const activity = this.#activity;
    const microphone = activity ? await this.#capture() : null;
    if (!microphone) return;
    if (this.#activity !== activity) return release(microphone);
    this.#peers.unpublish(activity);
    if (this.#microphone) release(this.#microphone);
    microphone.getAudioTracks().forEach((track) => (track.enabled = !this.#muted));
    this.#speakInto(microphone);
    if (this.#muted) this.#peers.mute(activity, true);
    this.#tellState();
  }

  /** In a press: the browser kept quiet because nothing had been pressed yet. */
  hear() {
    this.#others.hear();
  }

  async #capture() {
    try {
      return await captureMicrophone();
    } catch (error) {
      this.emit("refused", { failure: failureOf(error) });
      return null;
    }
  }

  /** @param {number} activity */
  #enter(activity) {
    if (this.#live.wasEnded(activity) || !this.#microphone) return this.#leave();
    this.#activity = activity;
    sessionStorage.setItem(this.#memory, String(activity));
    this.#speakInto(this.#microphone);
    this.#others.play();
    this.#listening = setInterval(() => this.#listen(), LISTEN_EVERY);
    this.#tellState();
  }

  /** @param {MediaStream} microphone */
  #speakInto(microphone) {
    this.#microphone = microphone;
    this.#gone = false;
    this.#peers.publish(microphone, "voice", this.#activity);
    this.#meter.listen(microphone);
    for (const track of microphone.getAudioTracks()) {
      track.addEventListener("ended", () => this.#onMicrophoneGone(microphone));
      if (track.readyState === "ended") this.#onMicrophoneGone(microphone);
    }
  }

  /** Stopping it ourselves fires nothing. @param {MediaStream} microphone */
  #onMicrophoneGone(microphone) {
    if (microphone !== this.#microphone || !this.#activity || this.#gone) return;
    this.#gone = true;
    this.#peers.mute(this.#activity, this.#muted, true);
    this.emit("microphone-gone", { from: this.#me });
    this.#tellState();
  }

  #leave() {
    clearInterval(this.#listening);
    if (this.#microphone) release(this.#microphone);
    if (this.#activity) this.#peers.unpublish(this.#activity);
    this.#microphone = null;
    this.#meter.stop();
    this.#activity = 0;
    this.#muted = this.#gone = false;
    sessionStorage.removeItem(this.#memory);
    this.#others.silence();
    this.#tellState();
  }

  /** @param {number} activity */
  #onEnded(activity) {
    if (activity === this.#activity) this.#leave();
    else this.#tellState();
  }

  #listen() {
    const silent = this.#muted || this.#gone;
    const mine = { key: this.#me, level: silent ? 0 : this.#meter.level, muted: silent };
    const speakers = [mine, ...this.#others.speakersOf(this.#activity, this.#peers.levels())];
    this.emit("speakers", { speakers: speakers.map((one) => ({ ...one, speaks: one.level > SPEAKS })) });
  }

  #tellState() {
    this.emit("state", { state: this.state, muted: this.#muted, gone: this.#gone });
    if (this.state === "in") this.#listen();
  }
}
