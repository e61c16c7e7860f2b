// One file on its way: directly or, where browsers do not reach each other or the site has a scanner, through the
// server; from where it stopped.
import { Backoff } from "../core/backoff.js";
import { pause } from "../core/pause.js";
import { DirectSending } from "./direct_sending.js";
import { sendByServer } from "./server_sending.js";

// Milliseconds: to find the other browser at all, and to find it again.
const FIRST_PATIENCE = 6_000;
const PATIENCE = 15_000;
const SETTLING = 5_000;
const TELL_EVERY = 500;
// Blocks
const NOTE_EVERY = 16;

/**
 * @typedef {{files: import("./live_files.js").LiveFiles, peers: import("../rtc/peers.js").Peers,
 *   api: import("./file_api.js").FileApi, pending: import("./pending_uploads.js").PendingUploads,
 *   stream: import("../core/event_stream.js").EventStream, isScanned: boolean}} Parts
 */

/** It was stopped meanwhile: nothing is left to do. */
class Over extends Error {}

export class OutgoingFile {
  #id;
  #source;
  #parts;
  #told = 0;

  /** @param {number} id @param {import("./source.js").Source} source @param {Parts} parts */
  constructor(id, source, parts) {
    this.#id = id;
    this.#source = source;
    this.#parts = parts;
  }

  get #files() {
    return this.#parts.files;
  }

  get #transfer() {
    return this.#files.get(this.#id);
  }

  get #isAlive() {
    return Boolean(this.#transfer && this.#files.isAlive(this.#transfer));
  }

  /** Until it has arrived or is stopped. Rejected with what stands against it. @returns {Promise<void>} */
  async send() {
    try {
      const wanted = this.#parts.isScanned || this.#transfer?.way === "server" ? "server" : "direct";
      let begun = await this.#start(wanted);
      if (begun.way === "direct" && !(await this.#sendDirectly())) begun = await this.#start("server");
      if (begun.way === "server") await this.#sendByServer(begun.received);
    } catch (error) {
      if (!(error instanceof Over)) throw error;
    }
  }

  /** @param {string} way @returns {Promise<{way: string, received: number}>} */
  async #start(way) {
    try {
      return await this.#insist(() => this.#parts.api.step(this.#id, "start", { way }));
    } catch (refusal) {
      if (refusal.code !== "must_be_scanned") throw refusal;
      return this.#start("server");
    }
  }

  /** @returns {Promise<boolean>} false: there is no direct way */
  async #sendDirectly() {
    let deadline = performance.now() + FIRST_PATIENCE;
    let before = -1;
    while (performance.now() < deadline) {
      const channel = this.#parts.peers.openChannel(`participant.${this.#transfer?.receiver}`, `file.${this.#id}`);
      const stop = this.#whenOver(() => channel?.close());
      try {
        const open = await opened(channel, deadline - performance.now());
        const onProgress = (/** @type {number} */ at) => {
          // As long as something arrives there is hope.
          if (at > before) deadline = performance.now() + PATIENCE;
          before = Math.max(before, at);
          this.#onProgress(at);
        };
        const sending = new DirectSending(open, this.#source, {
          gate: () => this.#gate(),
          onProgress,
        });
        await sending.run((digest) => this.#insist(() => this.#parts.api.step(this.#id, "sent", { digest })));
        // The receiver has still to say so to the site; one who was reloaded just now did not.
        if (await this.#isOverWithin(SETTLING)) return true;
      } catch (error) {
        if (error.name === "NoRoom") return false;
        if (!["Broken", "NotOpened"].includes(error.name)) throw error;
        const paused = performance.now();
        await this.#gate();
        deadline += performance.now() - paused;
        await pause(300);
      } finally {
        stop();
        // Once everything is told the receiver closes it; what is not finished begins again on another.
        setTimeout(() => channel?.close(), 2_000);
      }
    }
    return false;
  }

  /** @param {number} at */
  async #sendByServer(at) {
    const digest = await sendByServer(this.#source, {
      at,
      gate: () => this.#gate(),
      onProgress: (now) => this.#onProgress(now, true),
      send: (offset, blocks) => this.#parts.api.blocks(this.#id, offset, blocks),
    });
    const { state } = await this.#insist(() => this.#parts.api.step(this.#id, "sent", { digest }));
    if (state === "checking") this.#files.note(this.#id, { state });
  }

  /** @param {number} at @param {boolean} [tell] whether the other side hears of it from us */
  #onProgress(at, tell = false) {
    const transfer = this.#transfer;
    if (!transfer) return;
    this.#files.progress(this.#id, at);
    const { digests } = this.#source;
    if (digests.count % NOTE_EVERY === 0) this.#parts.pending.note(this.#id, digests.bytes);
    if (!tell || (performance.now() - this.#told < TELL_EVERY && at < transfer.size)) return;
    this.#told = performance.now();
    this.#parts.stream.signal("file.progress", { file: this.#id, at }, `participant.${transfer.receiver}`);
  }

  // ---- waiting

  /** Passes when the file is not paused. @returns {Promise<void>} */
  async #gate() {
    for (;;) {
      if (!this.#isAlive) throw new Over();
      if (this.#transfer?.state !== "paused") return;
      await new Promise((resolve) => this.#files.on("changed", resolve, { once: true }));
    }
  }

  /** @param {number} patience */
  async #isOverWithin(patience) {
    const late = pause(patience);
    while (this.#isAlive) {
      const changed = new Promise((resolve) => this.#files.on("changed", () => resolve(true), { once: true }));
      if (!(await Promise.race([changed, late]))) return false;
    }
    return true;
  }

  /** @param {() => void} act */
  #whenOver(act) {
    return this.#files.on("changed", () => {
      if (!this.#transfer || this.#transfer.state === "stopped") act();
    });
  }

  /** Ask again until the site can be reached. @template T @param {() => Promise<T>} ask @returns {Promise<T>} */
  async #insist(ask) {
    const backoff = new Backoff({ most: 5_000 });
    for (;;) {
      try {
        return await ask();
      } catch (refusal) {
        // Without space the site has ended it.
        if (!refusal.isPassing || refusal.code === "no_space_left") throw refusal;
        await pause(backoff.next());
        if (!this.#isAlive) throw new Over();
      }
    }
  }
}

/** @param {RTCDataChannel | null} channel @param {number} patience @returns {Promise<RTCDataChannel>} */
function opened(channel, patience) {
  const no = Object.assign(new Error(), { name: "NotOpened" });
  if (!channel) return pause(300).then(() => Promise.reject(no));
  if (channel.readyState === "open") return Promise.resolve(channel);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(no), Math.max(0, patience));
    const onOpen = () => {
      clearTimeout(late);
      resolve(channel);
    };
    channel.addEventListener("open", onOpen, { once: true });
    for (const end of ["close", "error"]) channel.addEventListener(end, () => reject(no), { once: true });
  });
}
