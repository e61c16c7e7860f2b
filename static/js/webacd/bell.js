// An offer rings: a tone and, while nobody looks at the page, a notification of the browser. Of several open tabs one
// rings.

import { pause } from "../core/pause.js";
import { Notifier } from "./notifier.js";

const RUNG = "webacd.rung";
// A browser that lets the page sound does so at once; one that does not never answers.
const GETS_GOING_MS = 250;

export class Bell {
  #button;
  #notifier;
  /** @type {AudioContext | null} */
  #audio = null;

  /** @param {HTMLElement | null} button asks for notifications, once @param {string} worker that shows them */
  constructor(button, worker) {
    this.#button = button;
    this.#notifier = new Notifier(worker);
    this.#showButton();
    button?.addEventListener("click", async () => {
      await this.#notifier.ask();
      this.#showButton();
    });
    // Browsers let a page sound only after somebody has used it.
    addEventListener("pointerdown", () => this.#wake(), { once: true });
    addEventListener("keydown", () => this.#wake(), { once: true });
  }

  /** @param {string} offer @param {string} text */
  async ring(offer, text) {
    const canNotify = this.#notifier.isAllowed && document.hidden;
    // A tab that can do neither leaves it to one that can.
    if (!(await this.#canSound()) && !canNotify) return;
    if (!(await claim(offer))) return;
    this.#sound();
    if (canNotify) await this.#notifier.show(text, `offer-${offer}`);
  }

  #showButton() {
    if (this.#button) this.#button.hidden = !this.#notifier.canAsk;
  }

  #wake() {
    this.#audio ??= new AudioContext();
  }

  /** Somebody who came by a link has used the page before: some browsers let the next one sound as well. */
  async #canSound() {
    this.#wake();
    const audio = this.#audio;
    if (audio?.state === "suspended") await Promise.race([audio.resume().catch(() => {}), pause(GETS_GOING_MS)]);
    return audio?.state === "running";
  }

  #sound() {
    if (this.#audio?.state !== "running") return;
    const now = this.#audio.currentTime;
    this.#tone(this.#audio, now, 660);
    this.#tone(this.#audio, now + 0.18, 880);
  }

  /** @param {AudioContext} audio @param {number} at @param {number} pitch */
  #tone(audio, at, pitch) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.15, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.35);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.4);
  }
}

/** True in the first tab that asks for this offer. @param {string} offer */
async function claim(offer) {
  const take = () => {
    const rung = (localStorage.getItem(RUNG) ?? "").split(" ");
    if (rung.includes(offer)) return false;
    localStorage.setItem(RUNG, [...rung.slice(-20), offer].join(" "));
    return true;
  };
  // Without TLS there are no locks; then two tabs may very rarely both ring.
  return navigator.locks ? navigator.locks.request(RUNG, take) : take();
}
