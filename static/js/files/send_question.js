// What was pasted or dropped is shown before it is sent: a screenshot may show more than was meant.
import { copyOf, find, findAll } from "../core/elements.js";
import { sizeWords } from "../core/formats.js";

// Files that are shown by name; of more, how many there are.
const SHOWN = 6;

export class SendQuestion {
  #dialog;
  /** @type {File[]} */
  #files = [];

  /** @param {HTMLElement} element @param {(files: File[]) => void} send */
  constructor(element, send) {
    this.#dialog = find(element, "dialog[data-send-question]");
    find(this.#dialog, "button[data-send-now]").addEventListener("click", () => {
      const files = this.#files;
      this.#dialog.close();
      send(files);
    });
    this.#dialog.addEventListener("close", () => this.#clear());
  }

  /** What comes while the question is open is asked with it. @param {File[]} files */
  ask(files) {
    if (!files.length) return;
    this.#clear([...this.#files, ...files]);
    const list = find(this.#dialog, "[data-send-list]");
    const template = find(this.#dialog, "template[data-send-row]");
    list.replaceChildren(...this.#files.slice(0, SHOWN).map((file) => row(template, file)));
    const more = find(this.#dialog, "[data-send-more]");
    more.hidden = this.#files.length <= SHOWN;
    more.textContent = (more.dataset.text ?? "").replace("{count}", String(this.#files.length - SHOWN));
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  /** The pictures' addresses keep them in memory. @param {File[]} files */
  #clear(files = []) {
    this.#files = files;
    for (const picture of findAll(this.#dialog, "img[data-send-picture]")) URL.revokeObjectURL(picture.src);
    find(this.#dialog, "[data-send-list]").replaceChildren();
  }
}

/** @param {HTMLTemplateElement} template @param {File} file */
function row(template, file) {
  const item = copyOf(template);
  const picture = find(item, "img[data-send-picture]");
  if (file.type.startsWith("image/")) picture.src = URL.createObjectURL(file);
  picture.hidden = !picture.src;
  find(item, "[data-send-name]").textContent = file.name;
  find(item, "[data-send-size]").textContent = sizeWords(file.size);
  return item;
}
