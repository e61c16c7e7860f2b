// The files on their way, above the stage: how far each has come, how fast, and the ways to pause and to cancel it.
import { closest, copyOf, find, maybe } from "../core/elements.js";
import { rateWords, sizeWords, timeWords } from "../core/formats.js";
import { TransferRate } from "./transfer_rate.js";
import { announce } from "../ui/announcer.js";

// Milliseconds
const DRAW_EVERY = 250;

export class FileList {
  #element;
  #list;
  #template;
  #files;
  #me;
  #nameOf;
  /** @type {Map<number, TransferRate>} */
  #rates = new Map();
  /** @type {Set<number>} files that have changed since they were drawn */
  #stale = new Set();

  /**
   * @param {HTMLElement} element @param {import("./live_files.js").LiveFiles} files
   * @param {{me: number, nameOf: (key: string) => string}} options
   */
  constructor(element, files, { me, nameOf }) {
    this.#element = element;
    this.#list = find(element, "[data-file-list]");
    this.#template = find(element, "template[data-file-row]");
    this.#files = files;
    this.#me = me;
    this.#nameOf = nameOf;
    files.on("changed", (changed) => this.#onChanged(changed));
    element.addEventListener("click", ({ target }) => this.#onDismiss(target));
    for (const transfer of files.all) this.#draw(transfer);
  }

  /** @param {{transfer: import("./live_files.js").Transfer, was: string | null}} changed */
  #onChanged({ transfer, was }) {
    const rate = this.#rates.get(transfer.file) ?? new TransferRate();
    this.#rates.set(transfer.file, rate);
    if (transfer.state === was) {
      rate.mark(transfer.at);
      this.#drawSoon(transfer.file);
      return;
    }
    rate.reset();
    this.#draw(transfer);
    if (transfer.state === "stopped") announce(`${transfer.name}: ${this.#words(transfer)}`);
  }

  /** Progress comes more often than anybody can read. @param {number} file */
  #drawSoon(file) {
    if (!this.#stale.size) {
      setTimeout(() => {
        const changed = [...this.#stale].map((each) => this.#files.get(each));
        changed.filter((each) => each !== undefined).forEach((transfer) => this.#draw(transfer));
        this.#stale.clear();
      }, DRAW_EVERY);
    }
    this.#stale.add(file);
  }

  /** @param {import("./live_files.js").Transfer} transfer */
  #draw(transfer) {
    // What is asked of me stands in the box with its answers; what has arrived stands in the chat.
    const isShown =
      transfer.state !== "done" && (transfer.state !== "offered" || transfer.sender === this.#me || transfer.allowed);
    if (!isShown || (transfer.state === "stopped" && !this.#row(transfer.file))) this.#row(transfer.file)?.remove();
    else this.#fill(this.#row(transfer.file) ?? this.#add(transfer), transfer);
    this.#element.hidden = !this.#list.childElementCount;
  }

  /** @param {number} file */
  #row(file) {
    return maybe(this.#list, `[data-file="${file}"]`);
  }

  /** @param {import("./live_files.js").Transfer} transfer */
  #add(transfer) {
    const row = copyOf(this.#template);
    row.dataset.file = String(transfer.file);
    row.dataset.direction = transfer.sender === this.#me ? "out" : "in";
    part(row, "name").textContent = transfer.name;
    part(row, "bar").setAttribute("aria-label", transfer.name);
    this.#list.append(row);
    return row;
  }

  /** @param {HTMLElement} row @param {import("./live_files.js").Transfer} transfer */
  #fill(row, transfer) {
    const { state, at, size, needsFile = false } = transfer;
    const isAlive = this.#files.isAlive(transfer);
    row.dataset.state = state;
    part(row, "words").textContent = this.#words(transfer);
    const bar = find(row, 'progress[data-part="bar"]');
    bar.hidden = !isAlive || state === "offered";
    if (state === "checking") bar.removeAttribute("value");
    else bar.value = at / size;
    part(row, "pause").hidden = state !== "moving" || needsFile;
    part(row, "resume").hidden = state !== "paused" || needsFile;
    part(row, "again").hidden = !needsFile || !isAlive;
    part(row, "cancel").hidden = !isAlive;
    part(row, "dismiss").hidden = isAlive;
  }

  /** What happens to it now, in a line. @param {import("./live_files.js").Transfer} transfer */
  #words({ file, state, allowed, reason, at, size, sender, receiver, needsFile }) {
    const name = this.#nameOf(`participant.${sender === this.#me ? receiver : sender}`);
    if (state === "stopped") return this.#text(`stopped-${reason}`, { name });
    if (needsFile) return this.#text("needs-file", {});
    if (state === "offered") return this.#text(allowed ? "soon" : "waits", { name, size: sizeWords(size) });
    if (state === "checking" || at >= size) return this.#text("checking", {});
    const done = this.#text("done-of", { done: sizeWords(at), size: sizeWords(size) });
    if (state === "paused") return `${done} · ${this.#text("paused", {})}`;
    const rate = this.#rates.get(file);
    const left = rate?.left(size) ?? null;
    return left === null
      ? done
      : [done, rateWords(rate?.bytesPerSecond ?? 0), this.#text("left", { time: timeWords(left) })].join(" · ");
  }

  /** @param {string} name @param {Record<string, string>} facts */
  #text(name, facts) {
    const words = this.#element.getAttribute(`data-text-${name}`) ?? "";
    return words.replace(/\{(\w+)\}/g, (_, fact) => `\u2068${facts[fact] ?? ""}\u2069`);
  }

  /** @param {EventTarget | null} target */
  #onDismiss(target) {
    const button = closest(target, '[data-part="dismiss"]');
    if (!button) return;
    closest(button, "[data-file]")?.remove();
    this.#element.hidden = !this.#list.childElementCount;
  }
}

/** @param {HTMLElement} row @param {string} name */
function part(row, name) {
  return find(row, `[data-part="${name}"]`);
}
