// The files on their way to and from this page, as the server tells it: first the snapshot in the page, then event by
// event.
import { Emitter } from "../core/emitter.js";

/**
 * @typedef {{file: number, activity: number, name: string, size: number, content_type: string, sender: number,
 *   receiver: number, state: string, way: string, at: number, reason: string, allowed: boolean,
 *   needsFile?: boolean}} Transfer
 * @typedef {Omit<Transfer, "at" | "reason"> & {received: number}} Row of the snapshot
 * @typedef {import("../core/event_data.js").EventData["file.offered"]} Offered
 */

const ALIVE = ["offered", "moving", "paused", "checking"];
/**
 * What the end of an activity means for a file that nobody had said yes to.
 * @type {Record<string, string>}
 */
const REASONS = { declined: "declined", unanswered: "unanswered", withdrawn: "cancelled", stopped: "cancelled" };

/** @typedef {{changed: {transfer: Transfer, was: string | null}}} LiveFilesEvents was: the state before, or null */

/** @extends {Emitter<LiveFilesEvents>} */
export class LiveFiles extends Emitter {
  /** @type {Map<number, Transfer>} */
  #all;
  #me;

  /** @param {Row[]} snapshot @param {number} me @param {import("../core/event_stream.js").EventStream} stream */
  constructor(snapshot, me, stream) {
    super();
    this.#me = me;
    this.#all = new Map(snapshot.map((row) => [row.file, { ...row, at: row.received, reason: "" }]));
    stream.on("file.offered", ({ data }) => this.#onOffered(data));
    stream.on("activity.allowed", ({ data: { activity } }) =>
      this.#each(activity, (one) => this.#change(one, { allowed: true })),
    );
    stream.on("file.started", ({ data: { file, way } }) =>
      this.#change(this.get(file), { state: "moving", way, at: 0 }),
    );
    stream.on("file.paused", ({ data: { file } }) => this.#change(this.get(file), { state: "paused" }));
    stream.on("file.resumed", ({ data: { file } }) => this.#change(this.get(file), { state: "moving" }));
    stream.on("file.finished", ({ data: { file, size } }) => this.#change(this.get(file), { state: "done", at: size }));
    stream.on("file.stopped", ({ data: { file, reason } }) =>
      this.#change(this.get(file), { state: "stopped", reason }),
    );
    stream.on("activity.stopped", ({ data: { activity, reason } }) => this.#onOver(activity, reason));
    stream.on("signal:file.progress", ({ data, from }) => this.#onProgress(data.file, data.at, from));
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

  /** @param {Offered} offered */
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
    this.#each(
      activity,
      (one) => this.isAlive(one) && this.#change(one, { state: "stopped", reason: REASONS[reason] ?? "ended" }),
    );
  }

  /** @param {number} file @param {number} at @param {{key: string} | null} from */
  #onProgress(file, at, from) {
    const transfer = this.get(file);
    if (transfer && from?.key === `participant.${transfer.sender}`) {
      this.#change(transfer, { at: Math.min(at, transfer.size) });
    }
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
    this.emit("changed", { transfer, was });
  }
}
