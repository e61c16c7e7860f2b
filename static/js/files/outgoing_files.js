// Files that this page sends: offered, and sent when they are accepted, a few at a time.
import { Emitter } from "../core/emitter.js";
import { Digests } from "./blocks.js";
import { Source } from "./source.js";
import { OutgoingFile } from "./outgoing_file.js";

const AT_ONCE = 3;
// A picture that was sent is shown in the chat, after a reload too; bytes.
const LARGEST_PICTURE = 5 * 1024 * 1024;

/** @extends {Emitter<{refused: {message: string}}>} */
export class OutgoingFiles extends Emitter {
  #parts;
  #files;
  #api;
  #pending;
  #me;
  /** @type {Map<number, Source>} */
  #sources = new Map();
  /** @type {Map<number, File>} */
  #sent = new Map();
  /** @type {Set<number>} */
  #running = new Set();
  /** @type {File[][]} */
  #waiting = [];
  #isOffering = false;
  // Something was answered that the offer under way may not know of.
  #isAsked = false;

  /** @param {import("./outgoing_file.js").Parts & {me: number}} parts */
  constructor({ me, ...parts }) {
    super();
    const { files, api, pending, stream } = parts;
    this.#parts = parts;
    this.#files = files;
    this.#api = api;
    this.#pending = pending;
    this.#me = me;
    files.on("changed", (changed) => this.#onChanged(changed));
    stream.on("activity.stopped", () => this.#offerNext());
    stream.on("activity.allowed", () => this.#offerNext());
  }

  /** What is offered while an earlier offer is still unanswered waits for its turn. @param {File[]} files */
  offer(files) {
    this.#waiting.push(files);
    if (!this.#isOffering) this.#offerNext();
  }

  /** After a reload: go on with what is at hand, ask for the rest. */
  async takeUp() {
    for (const { file, size } of this.#mine()) {
      const kept = await this.#pending.get(file);
      if (kept?.file?.size === size) this.#sources.set(file, new Source(kept.file, new Digests(kept.digests)));
      else this.#files.note(file, { needsFile: true });
    }
    this.#beginAll();
  }

  /**
   * The sender has chosen the file again.
   * @param {number} id @param {File} file @returns {Promise<boolean>} whether it is the same
   */
  async chooseAgain(id, file) {
    const kept = await this.#pending.get(id);
    const isSame =
      file.size === this.#files.get(id)?.size &&
      (!kept || (await new Source(file, new Digests(kept.digests)).begins(file)));
    if (!isSame) return false;
    this.#sources.set(id, new Source(file));
    this.#files.note(id, { needsFile: false });
    this.#beginAll();
    return true;
  }

  /**
   * What was sent, while this page or its pending uploads still have it.
   * @param {number} id @returns {Promise<File | null>}
   */
  async fileOf(id) {
    return this.#sent.get(id) ?? (await this.#pending.get(id))?.file ?? null;
  }

  // ---- offers

  async #offerNext() {
    this.#isAsked = true;
    if (this.#isOffering) return;
    this.#isOffering = true;
    while (this.#isAsked && this.#waiting.length) {
      this.#isAsked = false;
      await this.#offerFirst(this.#waiting[0]);
    }
    this.#isOffering = false;
    this.#beginAll();
  }

  /** @param {File[]} files */
  async #offerFirst(files) {
    let rows;
    try {
      ({ files: rows } = await this.#api.offer(files));
    } catch (refusal) {
      // Answered or taken back, the pending one makes room: then this is called again.
      if (refusal.code === "offer_pending") return;
      // What fails in passing would fail for the next as well: they are all told no, at once.
      this.#waiting.splice(0, refusal.isPassing ? this.#waiting.length : 1);
      this.#isAsked = true;
      this.emit("refused", { message: refusal.message });
      return;
    }
    this.#waiting.shift();
    rows.forEach(({ file }, place) => this.#keep(file, files[place]));
  }

  /** @param {number} id @param {File} file */
  #keep(id, file) {
    this.#sources.set(id, new Source(file));
    this.#sent.set(id, file);
    this.#pending.put(id, file);
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
    if (transfer.state === "stopped") this.#pending.drop(transfer.file);
    if (transfer.state !== was || (transfer.allowed && was === "offered")) this.#beginAll();
  }

  /** @param {import("./live_files.js").Transfer} transfer */
  #letGo({ file, content_type, size }) {
    this.#sources.delete(file);
    if (!content_type.startsWith("image/") || size > LARGEST_PICTURE) {
      this.#pending.drop(file);
      this.#sent.delete(file);
    }
  }

  /** @param {number} id */
  async #run(id) {
    const source = this.#sources.get(id);
    if (!source) return;
    this.#running.add(id);
    try {
      await new OutgoingFile(id, source, this.#parts).send();
    } catch (error) {
      await this.#fail(id, error);
    } finally {
      this.#running.delete(id);
      this.#beginAll();
    }
  }

  /** @param {number} id @param {Error & {message: string, code?: string}} error */
  async #fail(id, error) {
    const transfer = this.#files.get(id);
    // The list says that there is no space; the number that was reached stands here alone.
    if (error.code === "quota_reached") this.emit("refused", { message: error.message });
    if (error.code === "file_over" || !transfer || !this.#files.isAlive(transfer)) return;
    if (error.code && error.code !== "quota_reached") this.emit("refused", { message: error.message });
    await this.#api.step(id, "stop", { failure: "failed" }).catch(() => {});
  }
}
