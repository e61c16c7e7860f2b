// Where a received file lies until it is saved: on the disk, by the Worker; in memory where the browser has no such
// place.
import { BLOCK, digestOf, Digests, hex } from "./blocks.js";

// Bytes that may be kept in memory; a larger file goes through the server.
const MOST_IN_MEMORY = 256 * 1024 * 1024;
// Milliseconds: what a crashed page has left behind.
const STALE = 24 * 3600 * 1000;

/**
 * @typedef {object} FileStore
 * @property {(id: number, size: number) => Promise<number>} open says how much of it is there
 * @property {(id: number, offset: number, data: ArrayBuffer,
 *   digest: string) => Promise<boolean>} write false: it is damaged
 * @property {(id: number) => Promise<string>} digest
 * @property {(id: number) => Promise<Blob | null>} blob
 * @property {(id: number) => Promise<void>} discard
 * @property {() => Promise<void>} clear
 */

/** @param {string} key the session's @param {string} workerUrl @returns {FileStore} */
export function makeStore(key, workerUrl) {
  const hasDisk = "getDirectory" in (navigator.storage ?? {}) && "Worker" in globalThis;
  return hasDisk ? new OpfsStore(key, workerUrl) : new MemoryStore();
}

/** @implements {FileStore} */
class OpfsStore {
  #folder;
  #workerUrl;
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Map<number, {resolve(answer: unknown): void, reject(error: Error): void}>} */
  #asked = new Map();
  #count = 0;
  /** In case the disk cannot be used after all: a private window of some browsers. */
  #memory = new MemoryStore();
  /** @type {Set<number>} */
  #inMemory = new Set();

  /** @param {string} key @param {string} workerUrl */
  constructor(key, workerUrl) {
    this.#folder = `files.${key}`;
    this.#workerUrl = workerUrl;
    this.#sweep();
  }

  /** @param {number} id @param {number} size @returns {Promise<number>} */
  async open(id, size) {
    try {
      return await this.#ask("open", { name: String(id) });
    } catch {
      this.#inMemory.add(id);
      return this.#memory.open(id, size);
    }
  }

  /**
   * @param {number} id @param {number} offset @param {ArrayBuffer} data @param {string} digest
   * @returns {Promise<boolean>}
   */
  write(id, offset, data, digest) {
    if (this.#inMemory.has(id)) return this.#memory.write(id, offset, data, digest);
    return this.#ask("write", { name: String(id), offset, data, digest }, [data]);
  }

  /** @param {number} id */
  async digest(id) {
    if (this.#inMemory.has(id)) return this.#memory.digest(id);
    /** @type {string} */
    const digest = await this.#ask("digest", { name: String(id) });
    await this.#ask("close", { name: String(id) });
    return digest;
  }

  /** @param {number} id */
  async blob(id) {
    if (this.#inMemory.has(id)) return this.#memory.blob(id);
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(this.#folder).catch(() => null);
    const handle = await folder?.getFileHandle(String(id)).catch(() => null);
    return (await handle?.getFile().catch(() => null)) ?? null;
  }

  /** @param {number} id */
  async discard(id) {
    if (this.#inMemory.delete(id)) return this.#memory.discard(id);
    await this.#ask("discard", { name: String(id) }).catch(() => {});
  }

  async clear() {
    this.#worker?.terminate();
    this.#worker = null;
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(this.#folder, { recursive: true }).catch(() => {});
  }

  /**
   * @template Answer
   * @param {string} what @param {object} more @param {Transferable[]} [given] @returns {Promise<Answer>}
   */
  #ask(what, more, given = []) {
    this.#worker ??= this.#start();
    const ask = ++this.#count;
    this.#worker.postMessage({ ask, what, folder: this.#folder, ...more }, given);
    return new Promise((resolve, reject) => this.#asked.set(ask, { resolve, reject }));
  }

  #start() {
    const worker = new Worker(this.#workerUrl, { type: "module" });
    worker.addEventListener("message", ({ data: { ask, answer, error } }) => {
      const asked = this.#asked.get(ask);
      this.#asked.delete(ask);
      if (error) asked?.reject(new Error(error));
      else asked?.resolve(answer);
    });
    worker.addEventListener("error", () => {
      for (const { reject } of this.#asked.values()) reject(new Error("worker"));
      this.#asked.clear();
    });
    return worker;
  }

  async #sweep() {
    const root = await navigator.storage.getDirectory().catch(() => null);
    for await (const [name, folder] of root?.entries() ?? []) {
      if (!name.startsWith("files.") || name === this.#folder) continue;
      if (!(folder instanceof FileSystemDirectoryHandle)) continue;
      if ((await newestIn(folder)) < Date.now() - STALE) {
        await root?.removeEntry(name, { recursive: true }).catch(() => {});
      }
    }
  }
}

/** When something in it was last written. @param {FileSystemDirectoryHandle} folder */
async function newestIn(folder) {
  let newest = 0;
  for await (const file of folder.values()) {
    if (file instanceof FileSystemFileHandle) newest = Math.max(newest, (await file.getFile()).lastModified);
  }
  return newest;
}

/** @implements {FileStore} */
export class MemoryStore {
  /** @type {Map<number, {blocks: ArrayBuffer[], digests: Digests}>} */
  #kept = new Map();

  /** @param {number} id @param {number} size */
  async open(id, size) {
    if (size > MOST_IN_MEMORY) throw new RangeError("too large for the memory");
    const kept = this.#kept.get(id) ?? { blocks: [], digests: new Digests() };
    this.#kept.set(id, kept);
    return kept.digests.count * BLOCK;
  }

  /** @param {number} id @param {number} offset @param {ArrayBuffer} data @param {string} digest */
  async write(id, offset, data, digest) {
    const found = await digestOf(data);
    if (hex(found) !== digest) return false;
    const { blocks, digests } = this.#of(id);
    blocks[offset / BLOCK] = data;
    digests.set(offset / BLOCK, found);
    return true;
  }

  /** @param {number} id */
  digest(id) {
    return this.#of(id).digests.whole();
  }

  /** @param {number} id */
  async blob(id) {
    const kept = this.#kept.get(id);
    return kept ? new Blob(kept.blocks) : null;
  }

  /** @param {number} id */
  async discard(id) {
    this.#kept.delete(id);
  }

  async clear() {
    this.#kept.clear();
  }

  /** @param {number} id */
  #of(id) {
    const kept = this.#kept.get(id);
    if (!kept) throw new RangeError("not open");
    return kept;
  }
}
