// Every sound that the product makes, and the one switch for all of them, kept on this device: input[data-sound-on], or
// button[data-sound-toggle], which is pressed while they are on.
// Browsers let a page sound only after somebody has pressed something on it or, in some, on the page that led to it.
import { deviceStorage } from "../core/device_storage.js";
import { closest, findAll } from "../core/elements.js";
import { pause } from "../core/pause.js";

/** @typedef {{at: number, pitch: number}[]} Tones each beginning so many seconds from now, in hertz */

const SWITCH = "sounds";
// A browser that lets the page sound does so at once; one that does not never answers.
const GETS_GOING_MS = 250;
const LASTS = 0.4;

/** A customer is offered to an agent. @type {Tones} */
export const OFFER = [
  { at: 0, pitch: 660 },
  { at: 0.18, pitch: 880 },
];
/** It is the turn of a customer who has waited. @type {Tones} */
export const TURN = [
  { at: 0, pitch: 523 },
  { at: 0.16, pitch: 659 },
  { at: 0.32, pitch: 784 },
];
/** A customer joins one's session. @type {Tones} */
export const JOINED = [
  { at: 0, pitch: 587 },
  { at: 0.12, pitch: 784 },
];
/** A customer is at the door. @type {Tones} */
export const DOOR = [0, 0.16].map((at) => ({ at, pitch: 698 }));
/** A line of the chat. @type {Tones} */
export const WROTE = [{ at: 0, pitch: 988 }];
/** A request is answered. @type {Tones} */
export const ANSWERED = [
  { at: 0, pitch: 784 },
  { at: 0.12, pitch: 1047 },
];
/** A customer's connection is gone. @type {Tones} */
export const LOST = [
  { at: 0, pitch: 523 },
  { at: 0.18, pitch: 392 },
];
/** An invitation is opened. @type {Tones} */
export const OPENED = [{ at: 0, pitch: 784 }];
/** A colleague joins. @type {Tones} */
export const ASSISTS = [
  { at: 0, pitch: 494 },
  { at: 0.12, pitch: 587 },
];
/** A colleague asks for help. @type {Tones} */
export const ASKED = [
  { at: 0, pitch: 587 },
  { at: 0.18, pitch: 587 },
  { at: 0.36, pitch: 880 },
];
/** Somebody calls. @type {Tones} */
export const CALL = [0, 0.2, 0.4, 0.6].map((at, number) => ({ at, pitch: number % 2 ? 587 : 494 }));
/** One calls oneself, and nobody has answered yet. @type {Tones} */
export const CALLING = [
  { at: 0, pitch: 440 },
  { at: 0.4, pitch: 440 },
];

export class Sounds {
  #storage;
  #makeAudio;
  /** @type {AudioContext | null} */
  #audio = null;

  /**
   * @param {Pick<Storage, "getItem" | "setItem">} [storage]
   * @param {() => AudioContext} [makeAudio]
   */
  constructor(storage = deviceStorage, makeAudio = () => new AudioContext()) {
    this.#storage = storage;
    this.#makeAudio = makeAudio;
  }

  get isOn() {
    return this.#storage.getItem(SWITCH) !== "off";
  }

  set isOn(on) {
    this.#storage.setItem(SWITCH, on ? "on" : "off");
  }

  /** In a press, since browsers ask for one. True once the page may sound. */
  wake() {
    if (!this.isOn) return false;
    this.#audio ??= this.#makeAudio();
    if (this.#audio.state === "suspended") this.#audio.resume().catch(() => {});
    return this.#audio.state === "running";
  }

  /** Whether a tone would be heard now: sounds are on, and the browser lets this page sound. */
  async canSound() {
    if (!this.isOn) return false;
    this.#audio ??= this.#makeAudio();
    const audio = this.#audio;
    if (audio.state === "suspended") await Promise.race([audio.resume().catch(() => {}), pause(GETS_GOING_MS)]);
    return audio.state === "running";
  }

  /** True once it has been heard; false if it may not be. @param {Tones} tones */
  async play(tones) {
    if (!(await this.canSound())) return false;
    const audio = this.#audio;
    if (!audio) return false;
    for (const { at, pitch } of tones) soundAt(audio, audio.currentTime + at, pitch);
    await pause(1000 * (Math.max(...tones.map(({ at }) => at)) + LASTS));
    return true;
  }
}

/** @param {AudioContext} audio @param {number} at @param {number} pitch */
function soundAt(audio, at, pitch) {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.15, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + LASTS - 0.05);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + LASTS);
}

/** The page's. */
export const sounds = new Sounds();

/** @param {Document} page */
function watchSwitches(page) {
  const show = () => {
    // Without scripts there are no sounds.
    for (const place of findAll(page, "[data-sound-switch]")) place.hidden = false;
    for (const box of findAll(page, "input[data-sound-on]")) box.checked = sounds.isOn;
    for (const button of findAll(page, "button[data-sound-toggle]")) button.ariaPressed = String(sounds.isOn);
  };
  page.addEventListener("change", ({ target }) => {
    const box = closest(target, "input[data-sound-on]");
    if (!box) return;
    sounds.isOn = box.checked;
    show();
  });
  page.addEventListener("click", ({ target }) => {
    if (!closest(target, "button[data-sound-toggle]")) return;
    sounds.isOn = !sounds.isOn;
    show();
  });
  // In another tab; and by a region that was drawn again, which knows nothing of this device.
  addEventListener("storage", ({ key }) => key === SWITCH && show());
  page.addEventListener("region:refreshed", show);
  // Which of them browsers take for a press differs, with the finger most of all.
  const presses = ["pointerdown", "pointerup", "keydown", "click"];
  const wake = () => sounds.wake() && presses.forEach((press) => removeEventListener(press, wake));
  presses.forEach((press) => addEventListener(press, wake));
  show();
}

// Absent where tests run a module without a page.
if (globalThis.document) watchSwitches(document);
