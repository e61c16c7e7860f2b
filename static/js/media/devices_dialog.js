// Which camera and microphone to use: a preview that only its owner sees, remembered in this browser.
import { find } from "../core/elements.js";
import { Emitter } from "../core/emitter.js";
import { textOf } from "../core/texts.js";
import { Meter } from "./meter.js";
import { release } from "./outgoing.js";
import { captureCamera, captureMicrophone, chooseDevice, chosenDevice, failureOf } from "../rtc/media.js";

const KINDS = ["videoinput", "audioinput"];

/** @typedef {{closed: {chosen: Set<string>}}} DevicesDialogEvents the kinds of which another device was chosen */

/** @extends {Emitter<DevicesDialogEvents>} */
export class DevicesDialog extends Emitter {
  #dialog;
  #texts;
  #meter = new Meter();
  /** @type {MediaStream[]} */
  #streams = [];
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #metering;
  // Counts what was asked for: devices that come after another choice, or after the dialog was closed, are let go at
  // once.
  #turn = 0;
  #chosen = new Set();

  /** @param {HTMLDialogElement} dialog @param {DOMStringMap} texts */
  constructor(dialog, texts) {
    super();
    this.#dialog = dialog;
    this.#texts = texts;
    for (const kind of KINDS) this.#select(kind).addEventListener("change", () => this.#choose(kind));
    dialog.addEventListener("close", () => this.#onClose());
  }

  async open() {
    this.#dialog.showModal();
    await this.#preview();
    await this.#list();
  }

  #onClose() {
    this.#stop();
    this.emit("closed", { chosen: this.#chosen });
    this.#chosen = new Set();
  }

  /** @param {string} kind */
  async #choose(kind) {
    this.#chosen.add(kind);
    chooseDevice(kind, this.#select(kind).value);
    this.#stop();
    await this.#preview();
  }

  async #preview() {
    const turn = ++this.#turn;
    this.#refuse("");
    const camera = await captureCamera().catch((error) => this.#refuse(failureOf(error)));
    const microphone = await captureMicrophone().catch((error) => this.#refuse(failureOf(error)));
    const streams = [camera, microphone].filter((stream) => stream instanceof MediaStream);
    if (turn !== this.#turn) return streams.forEach(release);
    this.#streams = streams;
    if (camera) find(this.#dialog, "video[data-preview]").srcObject = camera;
    if (microphone) this.#measure(microphone);
  }

  /** @param {MediaStream} microphone */
  #measure(microphone) {
    this.#meter.listen(microphone);
    const level = find(this.#dialog, "meter[data-level]");
    this.#metering = setInterval(() => (level.value = Math.min(1, this.#meter.level * 4)), 100);
  }

  async #list() {
    const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    for (const kind of KINDS) {
      const options = devices
        .filter((device) => device.kind === kind)
        .map((device, place) => new Option(device.label || `${place + 1}`, device.deviceId));
      this.#select(kind).replaceChildren(...options);
      if (options.some((option) => option.value === chosenDevice(kind))) this.#select(kind).value = chosenDevice(kind);
    }
  }

  #stop() {
    this.#turn += 1;
    clearInterval(this.#metering);
    this.#meter.stop();
    this.#streams.forEach(release);
    this.#streams = [];
  }

  /** @param {string} failure */
  #refuse(failure) {
    const words = find(this.#dialog, "[data-devices-refusal]");
    words.textContent = textOf(this.#texts, failure);
    words.hidden = !failure;
  }

  /** @param {string} kind */
  #select(kind) {
    return find(this.#dialog, `select[data-device="${kind}"]`);
  }
}
