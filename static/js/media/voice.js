// The voice call: one in a session. Who starts it lets the others answer; everybody hears everybody who has answered.
import { Emitter } from "../core/emitter.js";
import { Microphone } from "./microphone.js";
import { OtherVoices } from "./other_voices.js";
import { release } from "./outgoing.js";

// Milliseconds, and a level above which somebody speaks.
const LISTEN_EVERY = 250;
const SPEAKS = 0.02;

/**
 * microphone-gone: whose, one's own too. blocked: the browser wants a press before it makes sound.
 * @typedef {{key: string, level: number, muted: boolean, speaks: boolean}} Speaker
 * @typedef {{state: string, muted: boolean, gone: boolean, caller: string}} Call
 * @typedef {{state: Call, "microphone-gone": {from: string},
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
  #microphone;
  #activity = 0;
  #declined = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #listening;

  /**
   * @param {{live: import("./live_activities.js").LiveActivities, api: import("./activity_api.js").ActivityApi,
   *   peers: import("../rtc/peers.js").Peers, me: string, sounds: Element, memory: string, isCustomer: boolean,
   *   firstWord?: import("./first_word.js").FirstWord}} parts
   *   memory: under which name this tab remembers that it has answered, so that a reload goes on
   */
  constructor({ live, api, peers, me, sounds, memory, isCustomer, firstWord }) {
    super();
    this.#microphone = new Microphone(firstWord);
    this.#live = live;
    this.#api = api;
    this.#peers = peers;
    this.#me = me;
    this.#memory = memory;
    this.#isCustomer = isCustomer;
    live.on("changed", ({ live: { kind } }) => kind === "voice" && this.#tellState());
    live.on("ended", ({ live: { activity, kind } }) => kind === "voice" && this.#onEnded(activity));
    this.#microphone.on("gone", () => this.#activity && this.#onMicrophoneGone());
    this.#microphone.on("refused", (refusal) => this.emit("refused", refusal));
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

  /** Whether it is this page's own call. */
  get isCaller() {
    return `participant.${this.#live.call?.owner}` === this.#me;
  }

  /** Whose call it is; "" while there is none. */
  get caller() {
    return this.#live.call?.owner_name ?? "";
  }

  /**
   * What was declined before the page was loaded stands in the snapshot.
   * @param {import("./live_activities.js").Live} call
   */
  #hasDeclined({ activity, details }) {
    return this.#declined === activity || Boolean(details?.declined?.includes(Number(this.#me.split(".")[1])));
  }

  get muted() {
    return this.#microphone.isMuted;
  }

  /** Whether this page is in the call without a microphone. */
  get isGone() {
    return this.#microphone.isGone;
  }

  /** Everybody's voice in the call, one's own too, for the page that mixes a recording; none while one is not in it. */
  get sounds() {
    const { stream } = this.#microphone;
    if (!stream || !this.#activity) return [];
    return [stream, ...this.#others.streamsOf(this.#activity)];
  }

  /** Start the call, or answer the one that runs. */
  async join() {
    if (this.#microphone.stream) return;
    const stream = await this.#microphone.capture();
    if (!stream) return;
    try {
      this.#microphone.use(stream);
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
    const { call } = this.#live;
    const isMine = this.isCaller;
    this.#leave();
    if (call && isMine) await this.#api.stop(call.activity).catch(() => {});
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

  /** After a reload: those who had answered go on. */
  resume() {
    const { call } = this.#live;
    if (call && sessionStorage.getItem(this.#memory) === String(call.activity)) this.join();
    this.#tellState();
  }

  toggleMute() {
    this.#microphone.toggleMute();
    this.#tellMute();
    this.#tellState();
  }

  /** Speak into the microphone that is chosen now, in the middle of the call. */
  async changeMicrophone() {
    const activity = this.#activity;
    const stream = activity ? await this.#microphone.capture() : null;
    if (!stream) return;
    if (this.#activity !== activity) return release(stream);
    this.#peers.unpublish(activity);
    this.#microphone.use(stream);
    this.#publish(stream);
    if (this.muted) this.#tellMute();
    this.#tellState();
  }

  /** In a press: the browser kept quiet because nothing had been pressed yet. */
  hear() {
    this.#others.hear();
  }

  /** @param {number} activity */
  #enter(activity) {
    const { stream } = this.#microphone;
    if (this.#live.wasEnded(activity) || !stream) return this.#leave();
    this.#activity = activity;
    sessionStorage.setItem(this.#memory, String(activity));
    this.#publish(stream);
    this.#others.play();
    this.#listening = setInterval(() => this.#listen(), LISTEN_EVERY);
    this.#tellState();
  }

  /** @param {MediaStream} stream */
  #publish(stream) {
    this.#peers.publish(stream, "voice", this.#activity);
    if (this.isGone) this.#onMicrophoneGone();
  }

  #onMicrophoneGone() {
    this.#tellMute();
    this.emit("microphone-gone", { from: this.#me });
    this.#tellState();
  }

  #tellMute() {
    this.#peers.mute(this.#activity, this.muted, this.isGone);
  }

  #leave() {
    clearInterval(this.#listening);
    if (this.#activity) this.#peers.unpublish(this.#activity);
    this.#microphone.stop();
    this.#activity = 0;
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
    const { level, isSilent } = this.#microphone;
    const mine = { key: this.#me, level, muted: isSilent };
    const speakers = [mine, ...this.#others.speakersOf(this.#activity, this.#peers.levels())];
    this.emit("speakers", { speakers: speakers.map((one) => ({ ...one, speaks: one.level > SPEAKS })) });
  }

  #tellState() {
    this.emit("state", { state: this.state, muted: this.muted, gone: this.isGone, caller: this.caller });
    if (this.state === "in") this.#listen();
  }
}
