// The console's notes: written for colleagues, saved by their own requests; a mark on the tab while others' are unseen.
import { apart } from "../core/directions.js";
import { find, maybe } from "../core/elements.js";
import { whileBusy } from "../core/dom.js";
import { post } from "../core/http.js";
import { randomName } from "../core/random_name.js";
import { announce } from "../ui/announcer.js";
import { toast } from "../ui/toast.js";

export class Notes {
  #panel;
  #form;
  #news;
  #isSaved = false;

  /** @param {HTMLElement} panel @param {import("./room.js").Room} room */
  constructor(panel, room) {
    this.#panel = panel;
    this.#form = find(panel, "form[data-note-form]");
    this.#news = maybe(room.root, "[data-notes-news]");
    this.#form.addEventListener("submit", (event) => this.#add(event));
    panel.addEventListener("submit", (event) => this.#save(event));
    panel.addEventListener("region:refreshed", () => this.#onRefreshed());
    // Its tab may be chosen by this press.
    document.addEventListener("click", () => this.#look());
    room.stream.on("note.added", (event) => {
      if (event.data.participant !== Number(room.root.dataset.meId)) this.#onOthers(event.actor?.name ?? "");
    });
  }

  /** @param {SubmitEvent} event */
  async #add(event) {
    event.preventDefault();
    if (this.#form.ariaBusy === "true") return;
    if (!(await this.#send(this.#form))) return;
    this.#form.reset();
    // The next one is another press.
    find(this.#form, "input[name=once]").value = randomName();
  }

  /** Tracking and tags. Once the server's are drawn, they are what stands in the fields. @param {SubmitEvent} event */
  async #save(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-details-form]")) return;
    event.preventDefault();
    if (form.ariaBusy === "true" || !(await this.#send(form))) return;
    this.#isSaved = true;
    toast(this.#panel.dataset.textSaved ?? "");
  }

  /** True once the server has it. @param {HTMLFormElement} form */
  async #send(form) {
    try {
      await whileBusy(form, post(form.action, new FormData(form)));
      return true;
    } catch (refusal) {
      toast(refusal.message);
      return false;
    }
  }

  #onRefreshed() {
    if (!this.#isSaved) return;
    this.#isSaved = false;
    maybe(this.#panel, "form[data-details-form]")?.reset();
  }

  /** @param {string} name */
  #onOthers(name) {
    announce((this.#panel.dataset.textNote ?? "").replace("{name}", () => apart(name)));
    if (this.#news) this.#news.hidden = !this.#panel.hidden;
  }

  #look() {
    if (this.#news && !this.#panel.hidden) this.#news.hidden = true;
  }
}
