// Files that this page sends: offered, and when they are accepted sent directly or, where browsers do not reach each other or the
// site has a scanner, through the server. A few at a time; each from where it stopped.
import { Backoff } from "../core/backoff.js";
import { Digests } from "../files/blocks.js";
import { DirectSending } from "../files/direct_sending.js";
import { sendByServer } from "../files/server_sending.js";
import { Source } from "../files/source.js";

const AT_ONCE = 3;
// Milliseconds: to find the other browser at all, and to find it again.
const FIRST_PATIENCE = 6_000;
const PATIENCE = 15_000;
const SETTLING = 5_000;
const TELL_EVERY = 500;
// Blocks
const NOTE_EVERY = 16;
// A picture that was sent is shown in the chat, after a reload too; bytes.
const LARGEST_PICTURE = 5 * 1024 * 1024;

/** It was stopped meanwhile: nothing is left to do. */
class Over extends Error {}

/** Dispatches "refused" {message}. */
export class OutgoingFiles extends EventTarget {
  #files;
  #peers;
  #desk;
  #stash;
  #stream;
  #me;
  #isScanned;
  /** @type {Map<number, Source>} */
  #sources = new Map();
  /** @type {Map<number, File>} */
  #sent = new Map();
  /** @type {Set<number>} */
  #running = new Set();
  /** @type {File[][]} */
  #waiting = [];
  #isOffering = false;
  #told = 0;

  /**
   * @param {{files: import("./live_files.js").LiveFiles, peers: import("../rtc/peers.js").Peers, desk: import("./file_desk.js").FileDesk,
   *   stash: import("../files/stash.js").Stash, stream: import("../core/event_stream.js").EventStream, me: number, isScanned: boolean}} parts
   */
  constructor({ files, peers, desk, stash, stream, me, isScanned }) {
    super();
    this.#files = files;
    this.#peers = peers;
    this.#desk = desk;
    this.#stash = stash;
    this.#stream = stream;
    this.#me = me;
    this.#isScanned = isScanned;
    files.addEventListener("changed", (event) => this.#onChanged(/** @type {CustomEvent} */ (event).detail));
    stream.addEventListener("activity.stopped", () => this.#offerNext());
    stream.addEventListener("activity.allowed", () => this.#offerNext());
  }

  /** What is offered while an earlier offer is still unanswered waits for its turn. @param {File[]} files */
  offer(files) {
    this.#waiting.push(files);
    this.#offerNext();
  }

  /** After a reload: go on with what is at hand, ask for the rest. */
  async takeUp() {
    for (const { file, size } of this.#mine()) {
      const kept = await this.#stash.get(file);
      if (kept?.file?.size === size) this.#sources.set(file, new Source(kept.file, new Digests(kept.digests)));
      else this.#files.note(file, { needsFile: true });
    }
    this.#beginAll();
  }

  /** The sender has chosen the file again. @param {number} id @param {File} file @returns {Promise<boolean>} whether it is the same */
  async chooseAgain(id, file) {
    const kept = await this.#stash.get(id);
    const isSame = file.size === this.#files.get(id)?.size && (!kept || (await new Source(file, new Digests(kept.digests)).begins(file)));
    if (!isSame) return false;
    this.#sources.set(id, new Source(file));
    this.#files.note(id, { needsFile: false });
    this.#beginAll();
    return true;
  }

  /** What was sent, while this page or the stash still has it. @param {number} id @returns {Promise<File | null>} */
  async fileOf(id) {
    return this.#sent.get(id) ?? (await this.#stash.get(id))?.file ?? null;
  }

  // ---- offers

  async #offerNext() {
    const files = this.#waiting[0];
    if (!files || this.#isOffering) return;
    this.#isOffering = true;
    try {
      const { files: rows } = await this.#desk.offer(files);
      this.#waiting.shift();
      rows.forEach(({ file }, place) => this.#keep(file, files[place]));
    } catch (refusal) {
      // Answered or taken back, the pending one makes room: then this is called again.
      if (refusal.code !== "offer_pending") {
        this.#waiting.shift();
        this.dispatchEvent(new CustomEvent("refused", { detail: { message: refusal.message } }));
      }
    } finally {
      this.#isOffering = false;
    }
    this.#beginAll();
  }

  /** @param {number} id @param {File} file */
  #keep(id, file) {
    this.#sources.set(id, new Source(file));
    this.#sent.set(id, file);
    this.#stash.put(id, file);
  }

  // ---- on their way

  #mine() {
    return this.#files.all.filter((one) => one.sender === this.#me && this.#files.isAlive(one));
  }

  #beginAll() {
    for (const { file, allowed, state } of this.#mine()) {
      const canBegin = allowed && state !== "checking" && this.#sources.has(file) && !this.#running.has(file);
      if (canBegin && this.#running.size < AT_ONCE) this.#run(file);
    }
  }

  /** @param {{transfer: import("./live_files.js").Transfer, was: string | null}} changed */
  #onChanged({ transfer, was }) {
    if (transfer.sender !== this.#me) return;
    if (transfer.state === "done") this.#letGo(transfer);
    if (transfer.state === "stopped") this.#stash.drop(transfer.file);
    if (transfer.state !== was || (transfer.allowed && was === "offered")) this.#beginAll();
  }

  /** @param {import("./live_files.js").Transfer} transfer */
  #letGo({ file, content_type, size }) {
    this.#sources.delete(file);
    if (!content_type.startsWith("image/") || size > LARGEST_PICTURE) {
      this.#stash.drop(file);
      this.#sent.delete(file);
    }
  }

  /** @param {number} id */
  async #run(id) {
    this.#running.add(id);
    try {
      const source = /** @type {Source} */ (this.#sources.get(id));
      const wanted = this.#isScanned || this.#files.get(id)?.way === "server" ? "server" : "direct";
      let begun = await this.#start(id, wanted);
      if (begun.way === "direct" && !(await this.#sendDirectly(id, source))) begun = await this.#start(id, "server");
      if (begun.way === "server") await this.#sendByServer(id, source, begun.received);
    } catch (error) {
      await this.#fail(id, error);
    } finally {
      this.#running.delete(id);
      this.#beginAll();
    }
  }

  /** @param {number} id @param {string} way @returns {Promise<{way: string, received: number}>} */
  async #start(id, way) {
    try {
      return await this.#insist(id, () => this.#desk.step(id, "start", { way }));
    } catch (refusal) {
      if (refusal.code !== "must_be_scanned") throw refusal;
      return this.#start(id, "server");
    }
  }

  /** @param {number} id @param {Source} source @returns {Promise<boolean>} false: there is no direct way */
  async #sendDirectly(id, source) {
    let deadline = performance.now() + FIRST_PATIENCE;
    let before = -1;
    while (performance.now() < deadline) {
      const channel = this.#peers.openChannel(`participant.${this.#files.get(id)?.receiver}`, `file.${id}`);
      const stop = this.#whenOver(id, () => channel?.close());
      try {
        await opened(channel, deadline - performance.now());
        const onProgress = (/** @type {number} */ at) => {
          // As long as something arrives there is hope.
          if (at > before) deadline = performance.now() + PATIENCE;
          before = Math.max(before, at);
          this.#onProgress(id, source, at);
        };
        const sending = new DirectSending(/** @type {RTCDataChannel} */ (channel), source, { gate: () => this.#gate(id), onProgress });
        await sending.run((digest) => this.#insist(id, () => this.#desk.step(id, "sent", { digest })));
        // The receiver has still to say so to the site; one who was reloaded just now did not.
        if (await this.#isOverWithin(id, SETTLING)) return true;
      } catch (error) {
        if (error.name === "NoRoom") return false;
        if (!["Broken", "NotOpened"].includes(error.name)) throw error;
        const paused = performance.now();
        await this.#gate(id);
        deadline += performance.now() - paused;
        await pause(300);
      } finally {
        stop();
        // Once everything is told the receiver closes it; what is not finished begins anew on another.
        setTimeout(() => channel?.close(), 2_000);
      }
    }
    return false;
  }

  /** @param {number} id @param {Source} source @param {number} at */
  async #sendByServer(id, source, at) {
    const digest = await sendByServer(source, {
      at,
      gate: () => this.#gate(id),
      onProgress: (now) => this.#onProgress(id, source, now, true),
      send: (offset, blocks) => this.#desk.blocks(id, offset, blocks),
    });
    const { state } = await this.#insist(id, () => this.#desk.step(id, "sent", { digest }));
    if (state === "checking") this.#files.note(id, { state });
  }

  /** @param {number} id @param {Error & {message: string, code?: string}} error */
  async #fail(id, error) {
    const transfer = this.#files.get(id);
    if (error instanceof Over || error.code === "file_over" || !transfer || !this.#files.isAlive(transfer)) return;
    if (error.code) this.dispatchEvent(new CustomEvent("refused", { detail: { message: error.message } }));
    await this.#desk.step(id, "stop", { failure: "failed" }).catch(() => {});
  }

  /** @param {number} id @param {Source} source @param {number} at @param {boolean} [tell] whether the other side hears of it from us */
  #onProgress(id, source, at, tell = false) {
    const transfer = this.#files.get(id);
    if (!transfer) return;
    this.#files.progress(id, at);
    if (source.digests.count % NOTE_EVERY === 0) this.#stash.note(id, source.digests.bytes);
    if (!tell || (performance.now() - this.#told < TELL_EVERY && at < transfer.size)) return;
    this.#told = performance.now();
    this.#stream.signal("file.progress", { file: id, at }, `participant.${transfer.receiver}`);
  }

  // ---- waiting

  /** Passes when the file is not paused. @param {number} id @returns {Promise<void>} */
  async #gate(id) {
    for (;;) {
      const transfer = this.#files.get(id);
      if (!transfer || !this.#files.isAlive(transfer)) throw new Over();
      if (transfer.state !== "paused") return;
      await new Promise((resolve) => this.#files.addEventListener("changed", resolve, { once: true }));
    }
  }

  /** @param {number} id @param {number} patience */
  async #isOverWithin(id, patience) {
    const transfer = this.#files.get(id);
    const late = pause(patience);
    while (transfer && this.#files.isAlive(transfer)) {
      const changed = new Promise((resolve) => this.#files.addEventListener("changed", () => resolve(true), { once: true }));
      if (!(await Promise.race([changed, late]))) return false;
    }
    return true;
  }

  /** @param {number} id @param {() => void} act */
  #whenOver(id, act) {
    const look = () => {
      const transfer = this.#files.get(id);
      if (!transfer || transfer.state === "stopped") act();
    };
    this.#files.addEventListener("changed", look);
    return () => this.#files.removeEventListener("changed", look);
  }

  /** Ask again until the site can be reached. @template T @param {number} id @param {() => Promise<T>} ask @returns {Promise<T>} */
  async #insist(id, ask) {
    const backoff = new Backoff({ most: 5_000 });
    for (;;) {
      try {
        return await ask();
      } catch (refusal) {
        if (!refusal.isPassing) throw refusal;
        await pause(backoff.next());
        const transfer = this.#files.get(id);
        if (!transfer || !this.#files.isAlive(transfer)) throw new Over();
      }
    }
  }
}

/** @param {RTCDataChannel | null} channel @param {number} patience @returns {Promise<void>} */
function opened(channel, patience) {
  const no = Object.assign(new Error(), { name: "NotOpened" });
  if (!channel) return pause(300).then(() => Promise.reject(no));
  if (channel.readyState === "open") return Promise.resolve();
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(no), Math.max(0, patience));
    channel.addEventListener("open", () => resolve(clearTimeout(late)), { once: true });
    for (const end of ["close", "error"]) channel.addEventListener(end, () => reject(no), { once: true });
  });
}

/** @param {number} wait @returns {Promise<void>} */
function pause(wait) {
  return new Promise((resolve) => setTimeout(resolve, wait));
}
