// Writes what arrives straight to the disk: the browser's own folder for this site (OPFS), where only a Worker may
// write without copying the whole file each time. Beside each file lie the digests of its blocks, so that going on
// needs no reading.
import { BLOCK, digestOf, Digests, hex } from "./blocks.js";

/** @typedef {{file: any, sums: any, digests: Digests}} Kept */

/** @type {Map<string, Promise<Kept>>} */
const open = new Map();

/** @param {string} folder */
async function folderOf(folder) {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(folder, { create: true });
}

/** @param {FileSystemDirectoryHandle} folder @param {string} name */
async function accessTo(folder, name) {
  const handle = /** @type {any} */ (await folder.getFileHandle(name, { create: true }));
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

/** @type {Record<string, (ask: any) => Promise<any>>} */
const DOES = {
  async open({ folder, name }) {
    const kept = open.get(name) ?? take(folder, name);
    open.set(name, kept);
    const { digests } = await kept.catch((error) => {
      open.delete(name);
      throw error;
    });
    return digests.count * BLOCK;
  },
  async write({ name, offset, data, digest }) {
    const { file, sums, digests } = await /** @type {Promise<Kept>} */ (open.get(name));
    const found = await digestOf(data);
    if (hex(found) !== digest) return false;
    file.write(new Uint8Array(data), { at: offset });
    digests.set(offset / BLOCK, found);
    sums.write(found, { at: (offset / BLOCK) * found.length });
    return true;
  },
  async digest({ name }) {
    const { digests } = await /** @type {Promise<Kept>} */ (open.get(name));
    return digests.whole();
  },
  /** Let go of it, so that the page may read it. */
  async close({ name }) {
    const kept = await open.get(name)?.catch(() => null);
    open.delete(name);
    for (const handle of [kept?.file, kept?.sums]) {
      handle?.flush();
      handle?.close();
    }
  },
  async discard({ folder, name }) {
    await DOES.close({ name });
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
