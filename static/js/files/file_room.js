// File transfer of one room, a CSR's or a customer's: puts its parts together, and turns presses, drops and pastes into
// offers.
import { FileApi } from "./file_api.js";
import { IncomingFiles } from "./incoming_files.js";
import { OutgoingFiles } from "./outgoing_files.js";
import { delegate } from "../core/dom.js";
import { closest, find, findAround } from "../core/elements.js";
import { makeStore } from "./opfs_store.js";
import { PendingUploads } from "./pending_uploads.js";
import { toast } from "../ui/toast.js";
import { ChatFiles } from "./chat_files.js";
import { FileList } from "./file_list.js";
import { dropped, Dropping, pasted } from "./file_drop.js";
import { SendQuestion } from "./send_question.js";

export class FileRoom {
  #root;
  #element;
  #api;
  #store;
  #pending;
  /** The row for which a file is being chosen again. */
  #choosingFor = 0;

  /**
   * @param {HTMLElement} root
   * @param {{stream: import("../core/event_stream.js").EventStream, files: import("./live_files.js").LiveFiles,
   *   peers: import("../rtc/peers.js").Peers, base: string, me: number, nameOf: (key: string) => string}} options
   */
  constructor(root, { stream, files, peers, base, me, nameOf }) {
    this.#root = root;
    this.#element = find(root, "[data-files]");
    const { worker = "", scanned } = this.#element.dataset;
    const key = root.dataset.key ?? "";
    this.#api = new FileApi(base);
    this.#store = makeStore(key, worker);
    this.#pending = new PendingUploads(key);
    this.files = files;
    const parts = { files, peers, api: this.#api, me };
    this.outgoing = new OutgoingFiles({ ...parts, pending: this.#pending, stream, isScanned: scanned !== undefined });
    this.incoming = new IncomingFiles({ ...parts, store: this.#store });
    this.list = new FileList(this.#element, this.files, { me, nameOf });
    new ChatFiles(root, { stream, incoming: this.incoming, outgoing: this.outgoing, me });
    this.outgoing.on("refused", ({ message }) => toast(message));
    this.#listen();
    this.#followEnd(stream, me);
    this.outgoing.takeUp();
  }

  #listen() {
    const input = find(this.#element, "input[data-file-input]");
    const again = find(this.#element, "input[data-file-again]");
    delegate(this.#root, "click", "[data-send-files]", () => input.click());
    input.addEventListener("change", () => this.#offer(taken(input)));
    again.addEventListener("change", () => this.#chooseAgain(taken(again)[0]));
    delegate(this.#element, "click", "[data-step]", (button) => this.#step(button));
    delegate(this.#element, "click", "[data-choose-again]", (button) => {
      this.#choosingFor = Number(closest(button, "[data-file]")?.dataset.file);
      again.click();
    });
    new Dropping(this.#root, () => this.#mayOffer);
    const question = new SendQuestion(this.#root, (files) => this.#offer(files));
    this.#root.addEventListener("drop", (event) => this.#mayOffer && question.ask(dropped(event)));
    this.#root.addEventListener("paste", (event) => this.#mayOffer && question.ask(pasted(event)));
  }

  /** Who may send has the button for it. */
  get #mayOffer() {
    return this.#root.querySelector("[data-send-files]:not(:disabled)") !== null;
  }

  /** @param {File[]} files */
  #offer(files) {
    if (!files.length) return;
    if (globalThis.crypto?.subtle) this.outgoing.offer(files);
    else toast(this.#element.dataset.textInsecure ?? "");
  }

  /** @param {File | undefined} file */
  async #chooseAgain(file) {
    if (file && !(await this.outgoing.chooseAgain(this.#choosingFor, file))) {
      toast(this.#element.dataset.textOtherFile ?? "");
    }
  }

  /** @param {HTMLElement} button */
  async #step(button) {
    const file = Number(findAround(button, "[data-file]").dataset.file);
    try {
      await this.#api.step(file, button.dataset.step ?? "");
    } catch (refusal) {
      toast(refusal.message);
    }
  }

  /**
   * With the session goes what was kept for it.
   * @param {import("../core/event_stream.js").EventStream} stream @param {number} me
   */
  #followEnd(stream, me) {
    const clear = () => {
      this.#store.clear();
      this.#pending.clear();
    };
    stream.onAny(["session.ended", "over"], clear);
    stream.on("participant.left", ({ data }) => data.participant === me && clear());
  }
}

/** What was chosen; the same may be chosen again. @param {HTMLInputElement} input */
function taken(input) {
  const files = [...(input.files ?? [])];
  input.value = "";
  return files;
}
