// A page's socket: every event of its stream once and in order, through reloads, sleep, lost networks and restarts.
// Speaks the protocol of docs/protocol.md; what it hears it emits, what it means is for others to know.
import { Backoff } from "./backoff.js";
import { clock as pageClock } from "./clock.js";
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

// Milliseconds. A socket can be dead without anybody telling us: then it is silent, and does not answer a ping.
const SILENCE_BEFORE_PING = 20_000;
const ANSWER_TIME = 6_000;
const CONNECT_TIME = 15_000;
// A connection that lasted this long was a good one: the next wait starts small again.
const STEADY_TIME = 5_000;

/** Close codes after which another attempt would end the same way. */
/** @type {Map<number, End>} */
const FINAL = new Map([
  [4401, "signed-out"],
  [4403, "forbidden"],
  [4404, "missing"],
  [4409, "opened-elsewhere"],
  [4410, "over"],
]);
// Whatever suggests that the network or the page has just woken up.
const ROUSING = ["online", "offline", "visibilitychange", "pageshow"];

/** @extends {Emitter<StreamEvents>} */
export class EventStream extends Emitter {
  #url;
  #seq;
  #page;
  #secret;
  #Socket;
  #surroundings;
  #backoff;
  #clock;
  /** When the question was sent that the next `following` or `pong` answers. @type {number | null} */
  #asked = null;
  /** @type {WebSocket | null} */
  #socket = null;
  #following = false;
  #closed = true;
  /** @type {Record<string, ReturnType<typeof setTimeout>>} */
  #timers = {};
  #rouse = () => this.#wake();

  /**
   * @param {string} url
   * @param {{after: number, page?: string, secret?: string, Socket?: typeof WebSocket, surroundings?: EventTarget,
   *   backoff?: Backoff, clock?: import("./clock.js").Clock}} options `after`: the position at which the page's HTML
   *   was read
   */
  constructor(
    url,
    {
      after,
      page = randomName(),
      secret = "",
      Socket,
      surroundings = globalThis,
      backoff = new Backoff(),
      clock = pageClock,
    },
  ) {
    super();
    this.#url = url;
    this.#seq = after;
    this.#page = page;
    this.#secret = secret;
    this.#Socket = Socket ?? WebSocket;
    this.#surroundings = surroundings;
    this.#backoff = backoff;
    this.#clock = clock;
  }

  /** The number of the last event that was emitted. */
  get seq() {
    return this.#seq;
  }

  get isFollowing() {
    return this.#following;
  }

  open() {
    if (!this.#closed) return;
    this.#closed = false;
    ROUSING.forEach((type) => this.#surroundings.addEventListener(type, this.#rouse));
    this.#connect();
  }

  close() {
    this.#closed = true;
    ROUSING.forEach((type) => this.#surroundings.removeEventListener(type, this.#rouse));
    this.#abandon();
  }

  /**
   * Tell one viewer of the stream, or with `to` null every other.
   * @param {string} type
   * @param {unknown} data
   * @param {string | null} [to]
   * @returns {boolean} whether it went out: a signal is worth nothing later, so none is kept
   */
  signal(type, data, to = null) {
    if (this.#following) this.#send({ frame: "signal", type, to, data });
    return this.#following;
  }

  // ---- the connection

  #connect() {
    this.#abandon();
    const socket = new this.#Socket(this.#url);
    const isCurrent = () => socket === this.#socket;
    this.#socket = socket;
    socket.addEventListener("open", () => isCurrent() && this.#onOpen());
    socket.addEventListener("message", ({ data }) => isCurrent() && this.#onMessage(data));
    socket.addEventListener("close", ({ code }) => isCurrent() && this.#onClose(code));
    this.#after("connect", CONNECT_TIME, () => this.#lose());
  }

  #onOpen() {
    this.#ask({ frame: "follow", after: this.#seq, page: this.#page, secret: this.#secret });
  }

  /** @param {number} code */
  #onClose(code) {
    const end = FINAL.get(code);
    if (!end) return this.#lose(code);
    this.close();
    this.emit(end, { code });
  }

  /** Let go of a socket that is closed, or that we no longer believe in, and try again later. */
  #lose(code = 1006) {
    const wait = this.#backoff.next();
    this.#abandon();
    this.#after("retry", wait, () => this.#connect());
    this.emit("lost", { code, wait });
  }

  /** The page is to be drawn again: the log no longer has what came after it. */
  #expire() {
    this.close();
    this.emit("reload");
  }

  #abandon() {
    Object.values(this.#timers).forEach(clearTimeout);
    this.#timers = {};
    this.#following = false;
    this.#asked = null;
    // A dead socket takes its time to close: forgotten first, it can no longer be heard.
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  // ---- signs of life

  #wake() {
    if (this.#following) this.#ping();
    else if ("retry" in this.#timers) this.#connect();
  }

  #ping() {
    this.#ask({ frame: "ping" });
    this.#after("silence", ANSWER_TIME, () => this.#lose());
  }

  #onLife() {
    if (this.#following) this.#after("silence", SILENCE_BEFORE_PING, () => this.#ping());
  }

  // ---- frames

  /** @param {string} text */
  #onMessage(text) {
    const frame = JSON.parse(text);
    this.#onLife();
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
    clearTimeout(this.#timers.connect);
    this.#following = true;
    this.#onLife();
    this.#after("steady", STEADY_TIME, () => this.#backoff.reset());
    this.emit("following", frame);
  }

  /** @param {StreamEvent} event */
  #onEvent(event) {
    if (event.seq <= this.#seq) return;
    if (event.after > this.#seq) {
      // Something is missing: ask again from where we are.
      this.#lose();
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

  /**
   * Of two questions under way the older one counts: a round trip taken for too short would be believed.
   * @param {object} frame
   */
  #ask(frame) {
    this.#asked ??= this.#clock.local;
    this.#send(frame);
  }

  /** @param {string} now the server's clock as it answered */
  #onTime(now) {
    if (this.#asked !== null) this.#clock.learn(now, this.#asked);
    this.#asked = null;
  }

  /** @param {object} frame */
  #send(frame) {
    this.#socket?.send(JSON.stringify(frame));
  }

  /** @param {string} name @param {number} wait @param {() => void} then */
  #after(name, wait, then) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(then, wait);
  }
}
