// One session on the page, a CSR's or a customer's: its stream, the regions that follow it, its chat, and how it ends.
import { Chat } from "../chat/chat.js";
import { Unread } from "../chat/unread.js";
import { apart } from "../core/directions.js";
import { byId, closest, findAll, maybe } from "../core/elements.js";
import { Emitter } from "../core/emitter.js";
import { HeldStream } from "../core/held_stream.js";
import { post } from "../core/http.js";
import { Regions } from "../core/regions.js";
import { announce } from "../ui/announcer.js";
import { toast } from "../ui/toast.js";
import { Attendance } from "./attendance.js";
import { LiveMedia } from "./live_media.js";

/**
 * @typedef {"joined" | "left" | "lost" | "returned" | "waiting"} Verb
 * @typedef {`participant.${Verb}`} Spoken
 */

/**
 * What is said aloud when it happens to somebody else; the words stand in the root's data-text-… attributes.
 * @type {{type: Spoken, text: string}[]}
 */
const SPOKEN = [
  { type: "participant.joined", text: "textJoined" },
  { type: "participant.left", text: "textLeft" },
  { type: "participant.lost", text: "textLost" },
  { type: "participant.returned", text: "textReturned" },
  { type: "participant.waiting", text: "textWaiting" },
];
/**
 * Why nothing holds the page to the session any more, but its end.
 * @type {(import("../core/event_stream.js").End | "lobby.left")[]}
 */
const ENDS = ["over", "signed-out", "forbidden", "missing", "lobby.left"];

/**
 * over: nothing holds the page to this session any more; the session.ended event, or null.
 * stale: the log no longer has the place where the page is; it goes on as soon as the room is drawn again.
 * @typedef {{over: import("./opening.js").Ended | null, stale: void}} RoomEvents
 */

/** @extends {Emitter<RoomEvents>} */
export class Room extends Emitter {
  #root;
  #attendance;
  #isOver = false;

  /**
   * @param {HTMLElement} root
   * @param {Attendance} [attendance] that of a page which held the session before the room came
   * @param {{isNew?: boolean}} [how] isNew: nobody has seen the lines that it came with
   */
  constructor(root, attendance, { isNew = false } = {}) {
    super();
    this.#root = root;
    const { key = "", me = "", meId = "" } = root.dataset;
    this.me = me;
    this.#attendance = attendance ?? new Attendance(key, root.dataset);
    this.#attendance.isInControl = () => root.querySelector("[data-in-control]") !== null;
    this.stream = this.#attendance.stream;
    this.unread = new Unread(root);
    this.regions = new Regions(root, this.stream, { isOver: () => this.isOver });
    const chat = maybe(root, "[data-chat]");
    if (chat) {
      this.chat = new Chat(chat, this.stream, { key, me: meId, onRefused: toast });
      // The chat is a log: what is added to it is read out by itself.
      const drawn = new Set(isNew ? this.chat.heard : []);
      drawn.forEach(() => this.unread.addLine());
      this.chat.on("said", ({ data }) => drawn.has(data.message) || this.unread.addLine());
    }
    // People who wait in the lobby have neither chat nor media.
    if (root.querySelector("[data-media]")) this.media = new LiveMedia(root, this.stream);
    this.#follow();
    // A dialog, or a tab, shows what is true when it opens, not when the page was drawn.
    root.addEventListener("click", ({ target }) => this.#refreshOpened(target));
    root.addEventListener("submit", (event) => this.#onSubmit(event));
    // One may have been opened before this was here.
    root.querySelectorAll("dialog[open]").forEach((dialog) => this.#refreshIn(dialog));
    // Or a tab may have been remembered.
    const late = maybe(root, "[role=tabpanel]:not([hidden]) > [data-comes-when-shown]");
    if (late) this.regions.refresh(late);
  }

  /** Hear what happens, first what was kept. Everybody who follows the room listens by now. */
  open() {
    if (this.stream instanceof HeldStream) this.stream.release(Number(this.#root.dataset.position));
    else this.stream.open();
  }

  /** Nothing more is said to the server, and leaving the page asks nothing. */
  stop() {
    this.#isOver = true;
    this.#attendance.stop();
    this.chat?.stop();
  }

  #follow() {
    const { stream } = this;
    stream.on("following", () => this.#connection("live"));
    stream.on("lost", () => this.#connection("reconnecting"));
    stream.on("opened-elsewhere", () => this.#onElsewhere());
    stream.on("session.ended", (event) => this.#finish(event));
    stream.on("participant.left", (event) => this.#onLeft(event));
    stream.onAny(ENDS, () => this.#finish(null));
    stream.on("reload", () => this.#renew());
    stream.on("event", ({ type }) => this.#closeDialogs(type));
    stream.on("join.refused", ({ data: { name, count } }) => {
      const { textFull = "", textFullFor = "" } = this.#root.dataset;
      toast(name ? textFull.replace("{name}", () => apart(name)) : textFullFor.replace("{count}", String(count)));
    });
    stream.onAny(["participant.joined", "participant.waiting"], ({ data }) => {
      if (data.role === "customer") this.unread.add();
    });
    for (const { type, text } of SPOKEN) stream.on(type, (event) => this.#announce(event, text));
  }

  /** Nothing is asked for any more. */
  get isOver() {
    return this.#isOver;
  }

  get root() {
    return this.#root;
  }

  get key() {
    return this.#root.dataset.key ?? "";
  }

  /** @param {EventTarget | null} target */
  #refreshOpened(target) {
    const opener = closest(target, '[data-opens], [command="show-modal"], [data-refreshes]');
    const named = ["data-opens", "commandfor", "data-refreshes"].map((name) => opener?.getAttribute(name));
    this.#refreshIn(byId(named.find(Boolean)));
  }

  /** @param {Element | null} place */
  #refreshIn(place) {
    for (const region of place?.querySelectorAll("[data-region-url]") ?? []) this.regions.refresh(region);
  }

  /** A dialog whose matter is settled closes by itself. @param {string} type */
  #closeDialogs(type) {
    for (const dialog of findAll(this.#root, `dialog[data-closes-on~="${type}"]`)) dialog.close();
  }

  /** @param {string} state */
  #connection(state) {
    this.#root.dataset.connection = state;
  }

  #onElsewhere() {
    this.stop();
    this.#connection("elsewhere");
    this.#root.querySelector("[data-take-over]")?.addEventListener("click", () => location.reload());
  }

  /** @param {import("../core/event_stream.js").StreamEvent<"participant.left">} event */
  #onLeft(event) {
    if (event.data.participant === Number(this.#root.dataset.meId)) this.#finish(null);
  }

  /** @param {import("./opening.js").Ended | null} event */
  #finish(event) {
    this.stop();
    this.emit("over", event);
  }

  #renew() {
    this.stop();
    this.emit("stale");
  }

  /** @param {import("../core/event_stream.js").StreamEvent<Spoken>} event @param {string} text */
  #announce(event, text) {
    const words = this.#root.dataset[text];
    if (words && event.data.participant !== Number(this.#root.dataset.meId)) {
      announce(words.replace("{name}", () => apart(event.data.name)));
    }
  }

  /** Every form of the room changes something by a request of its own; what comes of it arrives as an event. */
  async #onSubmit(/** @type {SubmitEvent} */ event) {
    const form = closest(event.target, "form");
    if (!form || event.defaultPrevented || form.method !== "post" || "plain" in form.dataset) return;
    event.preventDefault();
    try {
      await post(form.action, new FormData(form, event.submitter));
    } catch (refusal) {
      this.#tellRefusal(form, refusal.message);
    }
  }

  /** In the dialog it was asked in, whose lists are read again (E7), else at the foot of the page. */
  #tellRefusal(/** @type {HTMLFormElement} */ form, /** @type {string} */ message) {
    const dialog = closest(form, "dialog[open]");
    const body = dialog && maybe(dialog, ".dialog__body");
    if (!dialog || !body) return toast(message);
    // Said once, and not again when the dialog is opened the next time.
    maybe(body, ":scope > [data-refusal]")?.remove();
    const alert = document.createElement("p");
    alert.role = "alert";
    alert.className = "note note--bad";
    alert.dataset.refusal = "";
    alert.textContent = message;
    dialog.addEventListener("close", () => alert.remove(), { once: true });
    const region = form.closest("[data-region-url]") ?? form.querySelector("[data-region-url]");
    if (region) {
      region.addEventListener("region:refreshed", () => body.prepend(alert), { once: true });
      this.regions.refresh(region);
    } else body.prepend(alert);
  }
}
