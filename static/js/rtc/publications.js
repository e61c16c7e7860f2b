// What this page lets everybody have: each stream goes to every peer, within what a line can bear.
import { limitsFor } from "./budget.js";

/**
 * @typedef {{stream: MediaStream, kind: string, activity: number, muted: boolean, gone: boolean}} Publication
 * @typedef {import("./peer.js").Peer} Peer
 */

export class Publications {
  /** @type {Map<number, Publication>} */
  #all = new Map();

  get size() {
    return this.#all.size;
  }

  /** What is told of them. @returns {import("./signalling.js").TrackInfo[]} */
  get infos() {
    return [...this.#all.values()].map(({ stream, ...facts }) => ({ stream: stream.id, ...facts }));
  }

  /** @param {MediaStream} stream @param {string} kind @param {number} activity */
  add(stream, kind, activity) {
    this.#all.set(activity, { stream, kind, activity, muted: false, gone: false });
  }

  /** @param {number} activity @param {Peer[]} peers */
  remove(activity, peers) {
    const { stream } = this.#all.get(activity) ?? {};
    this.#all.delete(activity);
    for (const peer of peers) stream?.getTracks().forEach((track) => peer.withhold(track));
  }

  /** @param {number} activity @param {{muted: boolean, gone: boolean}} facts @returns {boolean} whether there is one */
  note(activity, facts) {
    const publication = this.#all.get(activity);
    if (publication) Object.assign(publication, facts);
    return Boolean(publication);
  }

  /** @param {Peer} peer @param {number} viewers */
  sendTo(peer, viewers) {
    for (const { stream, kind } of this.#all.values()) {
      for (const track of stream.getTracks()) peer.send(track, stream, limitsFor(kind, viewers));
    }
  }

  /** @param {Peer[]} peers @param {number} viewers */
  limit(peers, viewers) {
    for (const { stream, kind } of this.#all.values()) {
      const limits = limitsFor(kind, viewers);
      for (const peer of peers) stream.getTracks().forEach((track) => peer.limit(track, limits));
    }
  }
}
