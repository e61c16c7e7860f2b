// Camera and microphone tried out on the visitor's press: their picture, and how loud they are. Nobody else sees it.
import { find } from "../core/elements.js";
import { Meter } from "../media/meter.js";
import { release } from "../media/outgoing.js";
import { tryDevices } from "./devices.js";

export class DeviceTest {
  #root;
  #meter = new Meter();
  /** @type {MediaStream[]} */
  #streams = [];
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #metering;
  /** @type {(found: Awaited<ReturnType<typeof tryDevices>>["found"]) => void} */
  onFound = () => {};

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    this.#button("start").addEventListener("click", () => this.#start());
    this.#button("stop").addEventListener("click", () => this.stop());
    // A page in the background films nobody.
    globalThis.addEventListener("pagehide", () => this.stop());
  }

  async #start() {
    const button = this.#button("start");
    if (button.ariaDisabled) return;
    // aria-disabled and not disabled, which would take the focus away.
    button.ariaDisabled = "true";
    const { found, picture, sound } = await tryDevices();
    button.ariaDisabled = null;
    this.#streams = [picture, sound].filter((stream) => stream instanceof MediaStream);
    const video = find(this.#root, "video[data-preview]");
    video.srcObject = picture ?? null;
    video.hidden = !picture;
    find(this.#root, "[data-loudness]").hidden = !sound;
    if (sound) this.#measure(sound);
    this.#show(this.#streams.length > 0);
    this.onFound(found);
  }

  stop() {
    clearInterval(this.#metering);
    this.#meter.stop();
    this.#streams.forEach(release);
    this.#streams = [];
    this.#show(false);
  }

  /** @param {MediaStream} sound */
  #measure(sound) {
    this.#meter.listen(sound);
    const level = find(this.#root, "meter[data-level]");
    this.#metering = setInterval(() => (level.value = Math.min(1, this.#meter.level * 4)), 100);
  }

  /** The button that was pressed goes away: the other one takes the focus. @param {boolean} runs */
  #show(runs) {
    const hadFocus = this.#root.contains(document.activeElement);
    find(this.#root, "[data-running]").hidden = !runs;
    this.#button("start").hidden = runs;
    if (hadFocus) this.#button(runs ? "stop" : "start").focus();
  }

  /** @param {"start" | "stop"} which */
  #button(which) {
    return find(this.#root, `button[data-test="${which}"]`);
  }
}
