// The files on their way to and from this page, as the server tells it: first the snapshot in the page, then event by event.

/**
 * @typedef {{file: number, activity: number, name: string, size: number, content_type: string, sender: number, receiver: number,
 *   state: string, way: string, at: number, reason: string, allowed: boolean, needsFile?: boolean}} Transfer
 */

const ALIVE = ["offered", "moving", "paused", "checking"];
/** What the end of an activity means for a file that nobody had said yes to. */
const REASONS = /** @type {Record<string, string>} */ ({ declined: "declined", unanswered: "unanswered", withdrawn: "cancelled", stopped: "cancelled" });

/** Dispatches "changed" {transfer, was}; was: the state before, or null. */
export class LiveFiles extends EventTarget {
  /** @type {Map<number, Transfer>} */
  #all;
  #me;

  /** @param {any[]} snapshot @param {number} me @param {EventTarget} stream */
  constructor(snapshot, me, stream) {
    super();
    this.#me = me;
    this.#all = new Map(snapshot.map((row) => [row.file, { ...row, at: row.received, reason: "" }]));
    const on = (/** @type {string} */ type, /** @type {(data: any, from: any) => void} */ handle) =>
      stream.addEventListener(type, (event) => handle(/** @type {CustomEvent} */ (event).detail.data, /** @type {CustomEvent} */ (event).detail.from));
    on("file.offered", (data) => this.#onOffered(data));
    on("activity.allowed", ({ activity }) => this.#each(activity, (one) => this.#change(one, { allowed: true })));
    on("file.started", ({ file, way }) => this.#change(this.get(file), { state: "moving", way, at: 0 }));
    on("file.paused", ({ file }) => this.#change(this.get(file), { state: "paused" }));
    on("file.resumed", ({ file }) => this.#change(this.get(file), { state: "moving" }));
    on("file.finished", ({ file, size }) => this.#change(this.get(file), { state: "done", at: size }));
    on("file.stopped", ({ file, reason }) => this.#change(this.get(file), { state: "stopped", reason }));
    on("activity.stopped", ({ activity, reason }) => this.#onOver(activity, reason));
    on("signal:file.progress", ({ file, at }, from) => this.#onProgress(file, at, from));
  }

  /** @param {number} file */
  get(file) {
    return this.#all.get(file);
  }

  get all() {
    return [...this.#all.values()];
  }

  /** @param {Transfer} transfer */
  isAlive({ state }) {
    return ALIVE.includes(state);
  }

  /** How far it has come, as this page knows. @param {number} file @param {number} at */
  progress(file, at) {
    this.#change(this.get(file), { at });
  }

  /** @param {number} file @param {Partial<Transfer>} facts */
  note(file, facts) {
    this.#change(this.get(file), facts);
  }

  /** @param {any} data */
  #onOffered({ activity, owner, requested_by, files }) {
    if (owner !== this.#me && requested_by !== this.#me) return;
    for (const { file, name, size, content_type } of files) {
      const about = { file, activity, name, size, content_type, sender: requested_by, receiver: owner };
      const transfer = { ...about, state: "offered", way: "", at: 0, reason: "", allowed: false };
      this.#all.set(file, transfer);
      this.#tell(transfer, null);
    }
  }

  /** @param {number} activity @param {string} reason */
  #onOver(activity, reason) {
    this.#each(activity, (one) => this.isAlive(one) && this.#change(one, { state: "stopped", reason: REASONS[reason] ?? "ended" }));
  }

  /** @param {number} file @param {number} at @param {{key: string} | null} from */
  #onProgress(file, at, from) {
    const transfer = this.get(file);
    if (transfer && from?.key === `participant.${transfer.sender}`) this.#change(transfer, { at: Math.min(at, transfer.size) });
  }

  /** @param {number} activity @param {(transfer: Transfer) => void} handle */
  #each(activity, handle) {
    for (const transfer of this.all) if (transfer.activity === activity) handle(transfer);
  }

  /** @param {Transfer | undefined} transfer @param {Partial<Transfer>} facts */
  #change(transfer, facts) {
    if (!transfer || !this.isAlive(transfer)) return;
    const was = transfer.state;
    Object.assign(transfer, facts);
    this.#tell(transfer, was);
  }

  /** @param {Transfer} transfer @param {string | null} was */
  #tell(transfer, was) {
    this.dispatchEvent(new CustomEvent("changed", { detail: { transfer, was } }));
  }
}
