// Writes what arrives straight to the disk: the browser's own folder for this site (OPFS), where only a Worker may
// write without copying the whole file each time. Beside each file lie the digests of its blocks, so that going on
// needs no reading.
import { BLOCK, digestOf, Digests, hex } from "./blocks.js";

/**
 * What a Worker may do to a file and a page may not.
 * @typedef {{getSize: () => number, read: (into: BufferSource, where: {at: number}) => number,
 *   write: (bytes: BufferSource, where: {at: number}) => number, flush: () => void, close: () => void}} Access
 * @typedef {{createSyncAccessHandle: () => Promise<Access>}} Accessible
 */

/**
 * @typedef {{file: Access, sums: Access, digests: Digests}} Kept
 * @typedef {{folder: string, name: string, offset: number, data: ArrayBuffer, digest: string}} Ask the last three for
 *   "write" alone
 */

/** @type {Map<string, Promise<Kept>>} */
const open = new Map();

/** @param {string} folder */
async function folderOf(folder) {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(folder, { create: true });
}

/** @param {FileSystemDirectoryHandle} folder @param {string} name */
async function accessTo(folder, name) {
  /** @type {FileSystemFileHandle & Partial<Accessible>} */
  const handle = await folder.getFileHandle(name, { create: true });
  if (!handle.createSyncAccessHandle) throw new TypeError("This browser does not let a Worker write.");
  return handle.createSyncAccessHandle();
}

/** @param {string} folder @param {string} name @returns {Promise<Kept>} */
async function take(folder, name) {
  const place = await folderOf(folder);
  const file = await accessTo(place, name);
  const sums = await accessTo(place, `${name}.sums`);
  const bytes = new Uint8Array(sums.getSize());
  sums.read(bytes, { at: 0 });
  const digests = new Digests(bytes);
  // Only blocks that are there whole; the last may be shorter, and is then written again.
  digests.cut(Math.floor(file.getSize() / BLOCK));
  return { file, sums, digests };
}

/** @param {string} name */
function kept(name) {
  const known = open.get(name);
  if (!known) throw new TypeError("not open");
  return known;
}

/** @type {Record<string, (ask: Ask) => Promise<unknown>>} */
const DOES = {
  async open({ folder, name }) {
    const known = open.get(name) ?? take(folder, name);
    open.set(name, known);
    const { digests } = await known.catch((error) => {
      open.delete(name);
      throw error;
    });
    return digests.count * BLOCK;
  },
  async write({ name, offset, data, digest }) {
    const { file, sums, digests } = await kept(name);
    const found = await digestOf(data);
    if (hex(found) !== digest) return false;
    file.write(new Uint8Array(data), { at: offset });
    digests.set(offset / BLOCK, found);
    sums.write(found, { at: (offset / BLOCK) * found.length });
    return true;
  },
  async digest({ name }) {
    const { digests } = await kept(name);
    return digests.whole();
  },
  /** Let go of it, so that the page may read it. */
  async close({ name }) {
    const known = await open.get(name)?.catch(() => null);
    open.delete(name);
    for (const handle of [known?.file, known?.sums]) {
      handle?.flush();
      handle?.close();
    }
  },
  async discard(ask) {
    await DOES.close(ask);
    const { folder, name } = ask;
    const place = await folderOf(folder);
    for (const each of [name, `${name}.sums`]) await place.removeEntry(each).catch(() => {});
  },
};

addEventListener("message", async ({ data: ask }) => {
  try {
    postMessage({ ask: ask.ask, answer: await DOES[ask.what](ask) });
  } catch (error) {
    postMessage({ ask: ask.ask, error: error.name });
  }
});
