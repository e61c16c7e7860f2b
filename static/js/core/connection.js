// A page's way to one address: one socket after another, each given up as soon as it shows no more sign of life, and
// followed by the next one after a wait.
import { Backoff } from "./backoff.js";
import { Emitter } from "./emitter.js";

// Milliseconds. A socket can be dead without anybody telling us: then it is silent, and does not answer a question.
const SILENCE_BEFORE_QUESTION = 20_000;
const ANSWER_TIME = 6_000;
const CONNECT_TIME = 15_000;
// A connection that lasted this long was a good one: the next wait starts small again.
const STEADY_TIME = 5_000;
// Whatever suggests that the network or the page has just woken up.
const ROUSING = ["online", "offline", "visibilitychange", "pageshow"];

/**
 * open: what is to be asked first. silent: a question, whatever it is, is to be asked. closed: by the other side, whose
 * code says whether to come back by `lose` or to stay away by `close`.
 * @typedef {{open: void, message: string, silent: void, closed: {code: number},
 *   lost: {code: number, wait: number}}} ConnectionEvents
 */

/** @extends {Emitter<ConnectionEvents>} */
export class Connection extends Emitter {
  #url;
  #Socket;
  #surroundings;
  #backoff;
  /** @type {WebSocket | null} */
  #socket = null;
  #isSettled = false;
  #isClosed = true;
  /** @type {Record<string, ReturnType<typeof setTimeout>>} */
  #timers = {};
  #rouse = () => this.#wake();

  /**
   * @param {string} url
   * @param {{Socket?: typeof WebSocket, surroundings?: EventTarget, backoff?: Backoff}} [options]
   */
  constructor(url, { Socket, surroundings = globalThis, backoff = new Backoff() } = {}) {
    super();
    this.#url = url;
    this.#Socket = Socket ?? WebSocket;
    this.#surroundings = surroundings;
    this.#backoff = backoff;
  }

  /** Whether what was asked first has been answered. */
  get isSettled() {
    return this.#isSettled;
  }

  open() {
    if (!this.#isClosed) return;
    this.#isClosed = false;
    ROUSING.forEach((type) => this.#surroundings.addEventListener(type, this.#rouse));
    this.#connect();
  }

  close() {
    this.#isClosed = true;
    ROUSING.forEach((type) => this.#surroundings.removeEventListener(type, this.#rouse));
    this.#abandon();
  }

  /** @param {object} frame */
  send(frame) {
    this.#socket?.send(JSON.stringify(frame));
  }

  /** What was asked first has been answered. */
  settle() {
    clearTimeout(this.#timers.connect);
    this.#isSettled = true;
    this.#onLife();
    this.#after("steady", STEADY_TIME, () => this.#backoff.reset());
  }

  /** Let go of a socket that is closed, or that we no longer believe in, and try again later. */
  lose(code = 1006) {
    const wait = this.#backoff.next();
    this.#abandon();
    this.#after("retry", wait, () => this.#connect());
    this.emit("lost", { code, wait });
  }

  #connect() {
    this.#abandon();
    const socket = new this.#Socket(this.#url);
    const isCurrent = () => socket === this.#socket;
    this.#socket = socket;
    socket.addEventListener("open", () => isCurrent() && this.emit("open"));
    socket.addEventListener("message", ({ data }) => isCurrent() && this.#onMessage(data));
    socket.addEventListener("close", ({ code }) => isCurrent() && this.emit("closed", { code }));
    this.#after("connect", CONNECT_TIME, () => this.lose());
  }

  #abandon() {
    Object.values(this.#timers).forEach(clearTimeout);
    this.#timers = {};
    this.#isSettled = false;
    // A dead socket takes its time to close: forgotten first, it can no longer be heard.
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** @param {string} text */
  #onMessage(text) {
    this.#onLife();
    this.emit("message", text);
  }

  #onLife() {
    if (this.#isSettled) this.#after("silence", SILENCE_BEFORE_QUESTION, () => this.#question());
  }

  #question() {
    this.emit("silent");
    this.#after("silence", ANSWER_TIME, () => this.lose());
  }

  #wake() {
    if (this.#isSettled) this.#question();
    else if ("retry" in this.#timers) this.#connect();
  }

  /** @param {string} name @param {number} wait @param {() => void} then */
  #after(name, wait, then) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(then, wait);
  }
}
