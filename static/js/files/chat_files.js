// Lines of the chat about files that went directly: only the two browsers have them, so these show and save them
// themselves.
import { find, findAll, maybe } from "../core/elements.js";

export class ChatFiles {
  #root;
  #incoming;
  #outgoing;
  #me;

  /**
   * @param {HTMLElement} root
   * @param {{stream: import("../core/event_stream.js").EventStream,
   *   incoming: import("./incoming_files.js").IncomingFiles, outgoing: import("./outgoing_files.js").OutgoingFiles,
   *   me: number}} options
   */
  constructor(root, { stream, incoming, outgoing, me }) {
    this.#root = root;
    this.#incoming = incoming;
    this.#outgoing = outgoing;
    this.#me = me;
    stream.on("chat.said", ({ data }) => this.#dress(data.file?.file));
    for (const line of findAll(root, '[data-chat-file][data-way="direct"]')) this.#dress(Number(line.dataset.chatFile));
  }

  /** @param {number | undefined} file */
  async #dress(file) {
    const line = maybe(this.#root, `[data-chat-file="${file}"][data-way="direct"]`);
    if (!file || !line) return;
    const isMine = Number(line.dataset.receiver) === this.#me;
    const kept = isMine
      ? await this.#incoming.addressOf({ file, way: "direct" })
      : addressOf(await this.#outgoing.fileOf(file));
    const save = find(line, "a[data-save]");
    if (kept && isMine) save.href = kept;
    save.hidden = !kept || !isMine;
    const picture = find(line, "img[data-picture]");
    if (kept && line.hasAttribute("data-is-picture")) picture.src = kept;
    picture.hidden = !picture.src;
  }
}

/** @param {Blob | null} blob */
function addressOf(blob) {
  return blob && URL.createObjectURL(blob);
}
