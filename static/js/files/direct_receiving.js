// The other end of a data channel: frames become blocks, each is checked and written before the sender hears that it is
// here.
import { Gathered } from "./frames.js";

export class DirectReceiving {
  #channel;
  #id;
  #size;
  #store;
  #onProgress;
  #onDone;
  #gathered = new Gathered();
  #at = 0;
  #isOver = false;
  /** @type {Promise<void>} one after the other, in the order in which they came */
  #work = Promise.resolve();

  /**
   * @param {RTCDataChannel} channel
   * @param {{id: number, size: number, store: import("./opfs_store.js").FileStore, onProgress: (at: number) => void,
   *   onDone: (digest: string) => Promise<unknown>}} options
   */
  constructor(channel, { id, size, store, onProgress, onDone }) {
    this.#channel = channel;
    this.#id = id;
    this.#size = size;
    this.#store = store;
    this.#onProgress = onProgress;
    this.#onDone = onDone;
    channel.binaryType = "arraybuffer";
    channel.addEventListener("message", ({ data }) => this.#hear(data));
    channel.addEventListener("close", () => (this.#isOver = true));
    this.#then(async () => {
      this.#at = await store.open(id, size);
      this.#tell({ at: this.#at });
      onProgress(this.#at);
    });
  }

  close() {
    this.#isOver = true;
    this.#channel.close();
  }

  /** @param {ArrayBuffer | string} data */
  #hear(data) {
    if (data instanceof ArrayBuffer) return this.#gathered.add(data);
    const { block, end } = JSON.parse(data);
    if (block) {
      const bytes = this.#gathered.take();
      this.#then(() => this.#write(bytes, block));
    }
    if (end) this.#then(() => this.#finish());
  }

  /** @param {ArrayBuffer} bytes @param {string} digest */
  async #write(bytes, digest) {
    const length = bytes.byteLength;
    // Damaged: the next channel begins where all was well.
    if (!(await this.#store.write(this.#id, this.#at, bytes, digest))) return this.close();
    this.#at += length;
    this.#tell({ got: this.#at });
    this.#onProgress(this.#at);
  }

  async #finish() {
    if (this.#at === this.#size) await this.#onDone(await this.#store.digest(this.#id));
  }

  /** @param {() => Promise<void>} work */
  #then(work) {
    this.#work = this.#work
      .then(() => (this.#isOver ? undefined : work()))
      .catch(() => {
        this.#tell({ no: true });
        this.#isOver = true;
      });
  }

  /** @param {object} word */
  #tell(word) {
    if (this.#channel.readyState === "open") this.#channel.send(JSON.stringify(word));
  }
}
