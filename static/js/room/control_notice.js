// Tells a CSR that control came to them, where it went, and who asks for it back (S56, S61, S63): a sentence over the
// stage that stays for a while, with what can be done about it. The words stand in its data-text-… attributes.
import { apart } from "../core/directions.js";
import { find, findAll, maybe } from "../core/elements.js";
import { announce } from "../ui/announcer.js";

const SHOWN_MS = 120_000;

/**
 * @typedef {import("../core/event_data.js").SessionEventData["control.transferred"]} Transferred
 * @typedef {"ask" | "return"} Act what the notice offers
 * What it needs of a room.
 * @typedef {{root: HTMLElement, stream: import("../core/regions.js").Stream, unread: {add: () => void}}} Place
 * @typedef {(words: string) => void} Say
 */

export class ControlNotice {
  #element;
  #place;
  #me;
  #say;
  #isInControl;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #closing;

  /** @param {HTMLElement} element @param {Place} place @param {Say} say to who looks at another session */
  constructor(element, place, say) {
    this.#say = say;
    this.#element = element;
    this.#place = place;
    this.#me = Number(place.root.dataset.meId);
    // The regions of the page are drawn again only after the event that tells.
    this.#isInControl = maybe(place.root, "[data-in-control]") !== null;
    place.stream.on("control.transferred", ({ data }) => this.#onTransferred(data));
    place.stream.on("control.released", () => this.#close());
    place.stream.on("control.asked_back", ({ data: { participant, name } }) => this.#onAsked(participant, name));
    find(element, "[data-control-close]").addEventListener("click", () => this.#close());
    if (!element.hidden) {
      announce(find(element, "[data-control-words]").textContent.replace(/\s+/g, " ").trim());
      this.#closeLater();
    }
  }

  /** @param {Transferred} data */
  #onTransferred({ from, from_name, to, to_name, why }) {
    this.#isInControl = to === this.#me;
    if (this.#isInControl) return this.#onTaken(why, from_name);
    if (from !== this.#me || why === "vanished") return this.#close();
    const wasTaken = why === "taken_over";
    this.#tell(wasTaken ? "textTakenOver" : "textTransferred", { to: to_name }, why !== "returned" && "ask");
    if (wasTaken) this.#place.unread.add();
  }

  /** Control came to this CSR before the page was here. @param {string} why @param {string} from */
  recall(why, from) {
    if (this.#element.hidden && this.#isInControl) this.#show(this.#taken(why, from), false, { urgent: true });
  }

  /** @param {string} why @param {string} from */
  #onTaken(why, from) {
    this.#show(this.#taken(why, from), false, { urgent: true });
    // In the title and on the tab, for who does not look.
    this.#place.unread.add();
  }

  /** @param {string} why @param {string} from */
  #taken(why, from) {
    const customer = maybe(this.#place.root, "[data-helped]")?.textContent ?? "";
    const how = { transferred: "textGiven", returned: "textReturned", vanished: "textVanished" }[why];
    const parts = [this.#words(customer ? "textPrimaryFor" : "textPrimary", { customer })];
    if (how && from) parts.push(this.#words(how, { from }));
    return parts.join(" ");
  }

  /** @param {number} participant @param {string} name */
  #onAsked(participant, name) {
    if (this.#isInControl) {
      this.#tell("textAsks", { name }, "return");
      this.#place.unread.add();
    } else if (participant === this.#me) {
      this.#tell("textAsked", {}, false);
    }
  }

  /** @param {string} text @param {Record<string, string>} facts @param {Act | false} act */
  #tell(text, facts, act) {
    this.#show(this.#words(text, facts), act, {});
  }

  /** @param {string} words @param {Act | false} act @param {{urgent?: boolean}} how */
  #show(words, act, how) {
    find(this.#element, "[data-control-words]").textContent = words;
    for (const form of findAll(this.#element, "[data-control-act]")) form.hidden = form.dataset.controlAct !== act;
    this.#element.hidden = false;
    announce(words, how);
    if (this.#place.root.hidden) this.#say(words);
    this.#closeLater();
  }

  /** @param {string} text @param {Record<string, string>} facts */
  #words(text, facts) {
    return Object.entries(facts).reduce(
      (words, [fact, said]) => words.replaceAll(`{${fact}}`, () => apart(said)),
      this.#element.dataset[text] ?? "",
    );
  }

  #closeLater() {
    clearTimeout(this.#closing);
    this.#closing = setTimeout(() => this.#close(), SHOWN_MS);
  }

  #close() {
    this.#element.hidden = true;
  }
}
