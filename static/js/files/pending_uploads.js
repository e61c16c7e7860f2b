// The files being sent, kept in the browser until they are over, so that a reload need not ask for them again
// (IndexedDB). Where they cannot be kept, because they are too large or the browser will not, only what is known of
// them is.

const NAME = "files-being-sent";
// Bytes: the browser copies what it keeps.
const LARGEST = 512 * 1024 * 1024;

/** @typedef {{id: number, session: string, file: File | null, digests: Uint8Array, at: number}} PendingUpload */

export class PendingUploads {
  #session;
  /** @type {Promise<IDBDatabase | null>} */
  #database;

  /** @param {string} session its key */
  constructor(session) {
    this.#session = session;
    this.#database = opened().catch(() => null);
  }

  /** @param {number} id @param {File} file */
  async put(id, file) {
    const row = { id, session: this.#session, digests: new Uint8Array(), at: Date.now() };
    await this.#write({ ...row, file: file.size > LARGEST ? null : file })
      .catch(() => this.#write({ ...row, file: null }))
      .catch(() => {});
  }

  /** What has been read of it so far. @param {number} id @param {Uint8Array} digests */
  async note(id, digests) {
    const row = await this.get(id);
    if (row) await this.#write({ ...row, digests }).catch(() => {});
  }

  /** @param {number} id @returns {Promise<PendingUpload | null>} */
  async get(id) {
    return (await this.#row(id).catch(() => null)) ?? null;
  }

  /** @param {number} id */
  async drop(id) {
    await this.#do("readwrite", (store) => store.delete(id)).catch(() => {});
  }

  /** Everything of this session, and what a crashed page left behind long ago. */
  async clear() {
    const rows = await this.#rows().catch(() => null);
    const day = Date.now() - 24 * 3600 * 1000;
    for (const row of rows ?? []) if (row.session === this.#session || row.at < day) await this.drop(row.id);
  }

  /** @param {number} id @returns {Promise<PendingUpload | null>} */
  #row(id) {
    return this.#do("readonly", (store) => store.get(id));
  }

  /** @returns {Promise<PendingUpload[] | null>} */
  #rows() {
    return this.#do("readonly", (store) => store.getAll());
  }

  /** @param {PendingUpload} row */
  #write(row) {
    return this.#do("readwrite", (store) => store.put(row));
  }

  /**
   * @template T
   * @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} ask
   * @returns {Promise<T | null>} null where nothing can be kept
   */
  async #do(mode, ask) {
    const database = await this.#database;
    if (!database) return null;
    const transaction = database.transaction("files", mode);
    const request = ask(transaction.objectStore("files"));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }
}

/** @returns {Promise<IDBDatabase>} */
function opened() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("files", { keyPath: "id" });
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
