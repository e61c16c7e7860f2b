// The console's notes: written for colleagues, saved by their own requests; a mark on the tab while others' are unseen,
// also those that were there before.
import { apart } from "../core/directions.js";
import { whileBusy } from "../core/dom.js";
import { find, findAll, maybe } from "../core/elements.js";
import { post } from "../core/http.js";
import { randomName } from "../core/random_name.js";
import { announce } from "../ui/announcer.js";
import { dropDraft, recallDrafts } from "../ui/drafts.js";
import { toast } from "../ui/toast.js";

export class Notes {
  #panel;
  #room;
  #form;
  #news;
  /** The latest note of a colleague. */
  #latest = 0;

  /** @param {HTMLElement} panel @param {import("./room.js").Room} room */
  constructor(panel, room) {
    this.#panel = panel;
    this.#room = room;
    this.#form = find(panel, "form[data-note-form]");
    this.#news = maybe(room.root, "[data-notes-news]");
    recallDrafts(panel);
    this.#form.addEventListener("submit", (event) => this.#add(event));
    panel.addEventListener("submit", (event) => this.#save(event));
    // Its tab may be chosen by this press.
    document.addEventListener("click", () => this.#look());
    room.stream.on("note.added", ({ actor, data: { note, participant } }) => {
      if (participant !== Number(room.root.dataset.meId)) this.#onOthers(note, actor?.name ?? "");
    });
  }

  /** A colleague has written this note, by its number, and none after it. @param {number} latest */
  know(latest) {
    this.#latest = Math.max(this.#latest, latest);
    this.#look();
  }

  /** What was changed while it was on its way is another note. @param {SubmitEvent} event */
  async #add(event) {
    event.preventDefault();
    const field = find(this.#form, "textarea");
    const text = field.value;
    if (this.#form.ariaBusy === "true" || !(await this.#send(this.#form))) return;
    find(this.#form, "input[name=once]").value = randomName();
    if (field.value !== text) return;
    field.value = "";
    dropDraft(field);
  }

  /** Tracking and tags. @param {SubmitEvent} event */
  async #save(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-details-form]")) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    const sent = saidBy(form);
    const isSaved = await this.#send(form);
    if (isSaved && saidBy(form) === sent) settle(form);
    if (isSaved) toast(this.#panel.dataset.textSaved ?? "");
    // Saved or refused: what there is may be something else now.
    this.#room.regions.refresh(find(this.#panel, "[data-region-url]"));
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

  /** @param {number} note @param {string} name */
  #onOthers(note, name) {
    announce((this.#panel.dataset.textNote ?? "").replace("{name}", () => apart(name)));
    this.know(note);
  }

  /** What has been seen stays seen when the page is loaded again. */
  #look() {
    const name = `notes.${this.#room.key}`;
    if (this.#isShown) sessionStorage.setItem(name, String(this.#latest));
    if (this.#news) this.#news.hidden = this.#latest <= Number(sessionStorage.getItem(name));
  }

  get #isShown() {
    return !this.#panel.hidden && !this.#room.root.hidden;
  }
}

/** What its fields say, to be compared. @param {HTMLFormElement} form */
function saidBy(form) {
  return JSON.stringify([...new FormData(form)].filter(([name]) => !name.startsWith("initial-")));
}

/** What stands in the fields is what the server has: they change again when it does. @param {HTMLFormElement} form */
function settle(form) {
  for (const field of findAll(form, "input")) field.defaultValue = field.value;
  for (const box of findAll(form, "input[type=checkbox]")) box.defaultChecked = box.checked;
  for (const option of findAll(form, "option")) option.defaultSelected = option.selected;
  form.reset();
}
