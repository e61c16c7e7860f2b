// The requests by which a page offers, sends and stops files; what comes of them arrives as events.
import { post, postBytes } from "../core/http.js";

export class FileApi {
  #base;

  /** @param {string} base the page's own address */
  constructor(base) {
    this.#base = base;
  }

  /**
   * @param {File[]} files
   * @returns {Promise<{activity: number, state: string, files: {file: number, name: string, size: number}[]}>}
   */
  offer(files) {
    const columns = { name: files.map(({ name }) => name), size: files.map(({ size }) => size) };
    return post(`${this.#base}files/`, { ...columns, content_type: files.map(({ type }) => type.split(";")[0]) });
  }

  /**
   * @param {number} file @param {string} step start, pause, resume, sent, received or stop
   * @param {object} [fields]
   * @returns {Promise<{state: string, way: string, received: number}>}
   */
  step(file, step, fields = {}) {
    return post(`${this.#base}files/${file}/${step}/`, fields);
  }

  /**
   * @param {number} file @param {number} offset @param {{data: ArrayBuffer, digest: string}[]} blocks
   * @returns {Promise<{received: number}>}
   */
  blocks(file, offset, blocks) {
    const digests = blocks.map(({ digest }) => digest).join();
    const body = new Blob(blocks.map(({ data }) => data));
    return postBytes(`${this.#base}files/${file}/blocks/`, body, {
      "X-Block-Offset": String(offset),
      "X-Block-Digests": digests,
    });
  }

  /** @param {number} file */
  address(file) {
    return `${this.#base}files/${file}/`;
  }
}
