// A page's socket: every event of its stream once and in order, through reloads, sleep, lost networks and restarts.
// Speaks the protocol of docs/protocol.md over a connection; what it hears it emits, what it means others know.
import { clock as pageClock } from "./clock.js";
import { Connection } from "./connection.js";
import { Emitter } from "./emitter.js";
import { randomName } from "./random_name.js";

/**
 * @typedef {import("./event_data.js").EventData} EventData
 * @typedef {import("./event_data.js").SignalData} SignalData
 * @typedef {keyof EventData} EventType such as "chat.said"
 * @typedef {"signed-out" | "forbidden" | "missing" | "opened-elsewhere" | "over"} End after which nothing follows
 * @typedef {{key: string, name: string}} Person
 */

/**
 * @template {EventType} [Type=EventType]
 * @typedef {Type extends EventType ? {seq: number, after: number, type: Type, data: EventData[Type],
 *   actor: Person | null, at: string} : never} StreamEvent of one type, or one of several
 */
/**
 * From a person, or from the site, which is null.
 * @template {keyof SignalData} [Type=keyof SignalData]
 * @typedef {Type extends keyof SignalData ? {type: Type, from: Person | null, data: SignalData[Type]} : never
 *   } StreamSignal
 */

/**
 * Every event is told as "event" and by its own type, every signal as "signal" and as "signal:" with its own type.
 * @typedef {{[Type in EventType]: StreamEvent<Type>}} ByType
 * @typedef {{[Type in keyof SignalData as `signal:${Type}`]: StreamSignal<Type>}} BySignal
 * @typedef {ByType & BySignal & Record<End, {code: number}> & {event: StreamEvent, signal: StreamSignal,
 *   refused: {code: string, message: string}, following: {seq: number}, lost: {code: number, wait: number},
 *   reload: void}} StreamEvents
 */

/** Close codes after which another attempt would end the same way. */
/** @type {Map<number, End>} */
const FINAL = new Map([
  [4401, "signed-out"],
  [4403, "forbidden"],
  [4404, "missing"],
  [4409, "opened-elsewhere"],
  [4410, "over"],
]);

/** @extends {Emitter<StreamEvents>} */
export class EventStream extends Emitter {
  #connection;
  #seq;
  #page;
  #secret;
  #clock;
  /** When the question was sent that the next `following` or `pong` answers. @type {number | null} */
  #asked = null;

  /**
   * @param {string} url
   * @param {{after: number, page?: string, secret?: string, clock?: import("./clock.js").Clock,
   *   Socket?: typeof WebSocket, surroundings?: EventTarget, backoff?: import("./backoff.js").Backoff}} options
   *   `after`: the position at which the page's HTML was read
   */
  constructor(url, { after, page = randomName(), secret = "", clock = pageClock, ...ways }) {
    super();
    this.#seq = after;
    this.#page = page;
    this.#secret = secret;
    this.#clock = clock;
    this.#connection = new Connection(url, ways);
    this.#connection.on("open", () => this.#onOpen());
    this.#connection.on("message", (text) => this.#onMessage(text));
    this.#connection.on("silent", () => this.#ask({ frame: "ping" }));
    this.#connection.on("closed", ({ code }) => this.#onClose(code));
    this.#connection.on("lost", (lost) => this.emit("lost", lost));
  }

  /** The number of the last event that was emitted. */
  get seq() {
    return this.#seq;
  }

  get isFollowing() {
    return this.#connection.isSettled;
  }

  open() {
    this.#connection.open();
  }

  close() {
    this.#connection.close();
  }

  /**
   * Tell one viewer of the stream, or with `to` null every other.
   * @param {string} type
   * @param {unknown} data
   * @param {string | null} [to]
   * @returns {boolean} whether it went out: a signal is worth nothing later, so none is kept
   */
  signal(type, data, to = null) {
    if (this.isFollowing) this.#connection.send({ frame: "signal", type, to, data });
    return this.isFollowing;
  }

  #onOpen() {
    // What the socket before was asked is answered no more.
    this.#asked = null;
    this.#ask({ frame: "follow", after: this.#seq, page: this.#page, secret: this.#secret });
  }

  /** @param {number} code */
  #onClose(code) {
    const end = FINAL.get(code);
    if (!end) return this.#connection.lose(code);
    this.close();
    this.emit(end, { code });
  }

  /** @param {string} text */
  #onMessage(text) {
    const frame = JSON.parse(text);
    if (frame.frame === "event") this.#onEvent(frame);
    else if (frame.frame === "signal") this.#onSignal(frame);
    else if (frame.frame === "following") this.#onFollowing(frame);
    else if (frame.frame === "pong") this.#onTime(frame.now);
    else if (frame.frame === "reload") this.#expire();
    else if (frame.frame === "refused") this.emit("refused", frame);
  }

  /** @param {{seq: number, now: string}} frame */
  #onFollowing(frame) {
    this.#onTime(frame.now);
    this.#connection.settle();
    this.emit("following", frame);
  }

  /** @param {StreamEvent} event */
  #onEvent(event) {
    if (event.seq <= this.#seq) return;
    if (event.after > this.#seq) {
      // Something is missing: ask again from where we are.
      this.#connection.lose();
      return;
    }
    this.#seq = event.seq;
    this.#clock.heard(event.at);
    this.emit("event", event);
    this.emit(event.type, event);
  }

  /** @param {StreamSignal} signal */
  #onSignal(signal) {
    this.emit("signal", signal);
    this.emit(`signal:${signal.type}`, signal);
  }

  /** The page is to be drawn again: the log no longer has what came after it. */
  #expire() {
    this.close();
    this.emit("reload");
  }

  /**
   * Of two questions under way the older one counts: a round trip taken for too short would be believed.
   * @param {object} frame
   */
  #ask(frame) {
    this.#asked ??= this.#clock.local;
    this.#connection.send(frame);
  }

  /** @param {string} now the server's clock as it answered */
  #onTime(now) {
    if (this.#asked !== null) this.#clock.learn(now, this.#asked);
    this.#asked = null;
  }
}
