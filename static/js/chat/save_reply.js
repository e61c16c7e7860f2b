// "Save as a reply": what stands in the message box, or was sent in a line, becomes a canned reply of one's own, by a
// small dialog.
import { delegate, whileBusy } from "../core/dom.js";
import { find, findAround } from "../core/elements.js";
import { post } from "../core/http.js";
import { toast } from "../ui/toast.js";

const ARABIC = /\p{Script=Arabic}/u;

export class SaveReply {
  #dialog;
  #form;
  #onSaved;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {HTMLButtonElement} opener shown while there is something to save
   * @param {HTMLTextAreaElement} field
   * @param {HTMLElement} lines of the chat: one's own can be saved, too
   * @param {() => void} onSaved
   */
  constructor(dialog, opener, field, lines, onSaved) {
    this.#dialog = dialog;
    this.#form = find(dialog, "form");
    this.#onSaved = onSaved;
    opener.addEventListener("click", () => this.#fillWith(field.value.trim()));
    delegate(lines, "click", "button[data-save-line]", (button) => {
      this.#fillWith(find(findAround(button, "[data-line]"), "[data-text]").textContent?.trim() ?? "");
    });
    this.#form.addEventListener("submit", (event) => {
      // Not the room's to send: what comes of it is no event.
      event.preventDefault();
      this.#save();
    });
  }

  /** @param {string} text */
  #fillWith(text) {
    find(this.#form, "textarea[data-reply-words]").value = text;
    find(this.#form, "input[name=shortcut]").value = "";
    find(this.#form, "select[data-reply-language]").value = ARABIC.test(text) ? "ar" : "en";
    this.#tell("");
  }

  async #save() {
    if (this.#form.ariaBusy === "true") return;
    const text = find(this.#form, "textarea[data-reply-words]").value;
    const shortcut = find(this.#form, "input[name=shortcut]").value;
    const isArabic = find(this.#form, "select[data-reply-language]").value === "ar";
    this.#tell("");
    try {
      await whileBusy(this.#form, post(this.#form.action, { shortcut, [isArabic ? "text_ar" : "text"]: text }));
    } catch (refusal) {
      return this.#tell(refusal.message);
    }
    this.#dialog.close();
    this.#onSaved();
    toast(this.#form.dataset.textSaved ?? "");
  }

  /** @param {string} words */
  #tell(words) {
    const alert = find(this.#form, "[data-save-reply-alert]");
    alert.textContent = words;
    alert.hidden = !words;
  }
}
