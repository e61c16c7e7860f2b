// Files that this page receives: straight to the disk where they come directly, and in the end saved as if they had
// been downloaded.
import { Backoff } from "../core/backoff.js";
import { pause } from "../core/pause.js";
import { DirectReceiving } from "./direct_receiving.js";

const LABEL = /^file\.(\d+)$/;

export class IncomingFiles {
  #files;
  #api;
  #store;
  #me;
  /** @type {Map<number, DirectReceiving>} */
  #receiving = new Map();

  /**
   * @param {{files: import("./live_files.js").LiveFiles, peers: import("../rtc/peers.js").Peers,
   *   api: import("./file_api.js").FileApi, store: import("./opfs_store.js").FileStore, me: number}} parts
   */
  constructor({ files, peers, api, store, me }) {
    this.#files = files;
    this.#api = api;
    this.#store = store;
    this.#me = me;
    peers.on("channel", (opened) => this.#onChannel(opened));
    files.on("changed", (changed) => this.#onChanged(changed));
  }

  /**
   * Nothing of a file is taken before it was accepted, nor from anybody but its sender.
   * @param {{from: string, channel: RTCDataChannel}} opened
   */
  #onChannel({ from, channel }) {
    const id = Number(LABEL.exec(channel.label)?.[1]);
    const transfer = this.#files.get(id);
    const isMine = transfer?.receiver === this.#me && `participant.${transfer.sender}` === from;
    if (!transfer || !isMine || !transfer.allowed || !this.#files.isAlive(transfer) || transfer.way === "server") {
      return channel.close();
    }
    this.#receiving.get(id)?.close();
    const receiving = new DirectReceiving(channel, {
      id,
      size: transfer.size,
      store: this.#store,
      onProgress: (at) => this.#files.progress(id, at),
      onDone: (digest) => this.#report(id, digest),
    });
    this.#receiving.set(id, receiving);
  }

  /** @param {number} id @param {string} digest */
  async #report(id, digest) {
    const backoff = new Backoff({ most: 5_000 });
    for (;;) {
      try {
        return await this.#api.step(id, "received", { digest });
      } catch (refusal) {
        if (!refusal.isPassing) return;
        await pause(backoff.next());
      }
    }
  }

  /** @param {{transfer: import("./live_files.js").Transfer, was: string | null}} changed */
  #onChanged({ transfer, was }) {
    const { file, state, way, receiver } = transfer;
    if (receiver !== this.#me) return;
    const isElsewhere = way === "server" && this.#receiving.has(file);
    if (state === "stopped" || state === "done" || isElsewhere) {
      this.#receiving.get(file)?.close();
      this.#receiving.delete(file);
    }
    // Nothing half-written stays (E14).
    if (state === "stopped" || isElsewhere) this.#store.discard(file);
    if (state === "done" && was !== "done") this.#save(transfer);
  }

  /** @param {import("./live_files.js").Transfer} transfer */
  async #save(transfer) {
    const address = await this.addressOf(transfer);
    if (address) save(address, transfer.name);
  }

  /**
   * Where it can be saved from; null if this browser does not have it any more.
   * @param {{file: number, way: string}} transfer
   */
  async addressOf({ file, way }) {
    if (way === "server") return this.#api.address(file);
    const blob = await this.#store.blob(file);
    return blob && URL.createObjectURL(blob);
  }
}

/** @param {string} address @param {string} name */
function save(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}
