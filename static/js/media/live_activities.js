// What runs in the session, as the server tells it: first the snapshot in the page, then event by event.
import { Emitter } from "../core/emitter.js";

/**
 * @typedef {{activity: number, kind: string, state: string, owner: number, owner_name: string, requested_by: number,
 *   details: import("../core/event_data.js").Details}} Live
 */

/** @type {Record<string, string>} */
const STATES = { "activity.requested": "requested", "activity.allowed": "allowed", "activity.started": "running" };
/** @type {Change["type"][]} */
const CHANGES = ["activity.requested", "activity.allowed", "activity.started", "activity.moved"];
export const SHARING = ["share_desktop", "share_application", "view_desktop", "view_application"];

/**
 * was: the state before, or null.
 * @typedef {"activity.requested" | "activity.allowed" | "activity.started" | "activity.moved"} ChangeType
 * @typedef {import("../core/event_stream.js").StreamEvent<ChangeType>} Change
 * @typedef {import("../core/event_stream.js").StreamEvent<"activity.stopped">} Stopped
 * @typedef {{changed: {live: Live, was: string | null, event: Change},
 *   ended: {live: Live, reason: string, failure: string, event: Stopped}}} LiveActivitiesEvents
 */

/** @extends {Emitter<LiveActivitiesEvents>} */
export class LiveActivities extends Emitter {
  /** @type {Map<number, Live>} */
  #all;
  #people;
  /** @type {Set<number>} */
  #ended = new Set();

  /**
   * @param {Live[]} snapshot @param {Record<string, string>} people name of everybody by key
   * @param {import("../core/event_stream.js").EventStream} stream
   */
  constructor(snapshot, people, stream) {
    super();
    this.#all = new Map(snapshot.map((live) => [live.activity, live]));
    this.#people = { ...people };
    stream.onAny(CHANGES, (event) => this.#onChange(event));
    stream.on("activity.stopped", (event) => this.#onStopped(event));
    stream.on("participant.joined", ({ data }) => (this.#people[`participant.${data.participant}`] = data.name));
  }

  /** @param {number} activity */
  get(activity) {
    return this.#all.get(activity);
  }

  /** An answer and the event that ends what it speaks of come by different ways. @param {number} activity */
  wasEnded(activity) {
    return this.#ended.has(activity);
  }

  get all() {
    return [...this.#all.values()];
  }

  /** What is on the stage, or about to be. */
  get share() {
    return this.all.find(({ kind, state }) => SHARING.includes(kind) && state !== "requested");
  }

  get call() {
    return this.all.find(({ kind }) => kind === "voice");
  }

  /** @param {string} key "participant.7" */
  nameOf(key) {
    return this.#people[key] ?? "";
  }

  get names() {
    return { ...this.#people };
  }

  /** @param {Change} event */
  #onChange(event) {
    const { activity, kind, owner, requested_by } = event.data;
    const details = event.type === "activity.started" ? event.data.details : undefined;
    const before = this.#all.get(activity);
    const state = STATES[event.type] ?? before?.state ?? "running";
    const owner_name = this.nameOf(`participant.${owner}`);
    const live = { activity, kind, state, owner, owner_name, requested_by, details: details ?? before?.details ?? {} };
    this.#all.set(activity, live);
    this.emit("changed", { live, was: before?.state ?? null, event });
  }

  /** @param {Stopped} event */
  #onStopped(event) {
    const { activity, reason, failure = "" } = event.data;
    this.#ended.add(activity);
    const live = this.#all.get(activity);
    if (!live) return;
    this.#all.delete(activity);
    this.emit("ended", { live, reason, failure, event });
  }
}
