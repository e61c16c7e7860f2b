// What was written and not yet acknowledged: kept in the tab, sent in order, each again until the server has it. A line
// carries its own id, so that sending twice says it once.
import { Backoff } from "../core/backoff.js";
import { Emitter } from "../core/emitter.js";
import { pause } from "../core/pause.js";

const TOO_MANY = 429;

/** @typedef {{client_id: string, text: string, reply?: string}} Line reply: the canned one that it was */

/**
 * held: the site cannot store anything at present; once until it can again.
 * @typedef {{sent: {client_id: string, message: number}, refused: Line & {message: string}, held: {}}} OutboxEvents
 */

/** @extends {Emitter<OutboxEvents>} */
export class Outbox extends Emitter {
  #name;
  #store;
  #send;
  #backoff = new Backoff();
  #isSending = false;
  #isHeld = false;
  #wait;

  /**
   * @param {string} key the session's
   * @param {(line: Line) => Promise<{message: number}>} send
   * @param {Storage} [store]
   * @param {(ms: number) => Promise<unknown>} [wait]
   */
  constructor(key, send, store = sessionStorage, wait = pause) {
    super();
    this.#name = `outbox.${key}`;
    this.#send = send;
    this.#store = store;
    this.#wait = wait;
  }

  /** @returns {Line[]} */
  get lines() {
    return JSON.parse(this.#store.getItem(this.#name) ?? "[]");
  }

  /** @param {Line} line */
  put(line) {
    this.#keep([...this.lines, line]);
    this.flush();
  }

  /** Send what waits; a call while it is sending changes nothing. */
  async flush() {
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.lines.length) await this.#sendFirst(this.lines[0]);
    this.#isSending = false;
  }

  /** @param {Line} line */
  async #sendFirst(line) {
    try {
      const { message } = await this.#send(line);
      this.#drop(line);
      this.#backoff.reset();
      this.#isHeld = false;
      this.emit("sent", { client_id: line.client_id, message });
    } catch (refusal) {
      if (refusal.isPassing) return this.#hold(refusal);
      // Written faster than the site takes it: the line keeps its place and follows when it says.
      if (refusal.status === TOO_MANY) return this.#wait(1_000 * (Number(refusal.facts.retry_after) || 1));
      this.#drop(line);
      this.emit("refused", { ...line, message: refusal.message });
    }
  }

  /** It stays here, and is sent again. @param {{code: string}} refusal */
  async #hold({ code }) {
    if (code === "storage_full" && !this.#isHeld) {
      this.#isHeld = true;
      this.emit("held", {});
    }
    await this.#wait(this.#backoff.next());
  }

  /** @param {Line} line */
  #drop(line) {
    this.#keep(this.lines.filter(({ client_id }) => client_id !== line.client_id));
  }

  /** @param {Line[]} lines */
  #keep(lines) {
    this.#store.setItem(this.#name, JSON.stringify(lines));
  }
}
