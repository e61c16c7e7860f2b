// One page's hold on one session: from the moment its socket follows, its reader counts as present, whether or not
// there is a room to see. Its last words are a beacon (E1, E2).
import { EventStream } from "../core/event_stream.js";
import { HeldStream } from "../core/held_stream.js";
import { randomName } from "../core/random_name.js";
import { Leaving } from "./leaving.js";
import { tabSecret } from "./tab.js";

export class Attendance {
  #leaving;

  /**
   * @param {string} key the session's
   * @param {{socket?: string, position?: string, leavingUrl?: string}} where from the page
   * @param {typeof EventStream} [Stream]
   */
  constructor(key, { socket = "", position, leavingUrl = "" }, Stream = EventStream) {
    const names = { page: randomName(), secret: tabSecret(key) };
    this.stream = new Stream(socket, { after: Number(position), ...names });
    this.#leaving = new Leaving(leavingUrl, names, () => this.isInControl());
  }

  /** Whether the page asks before it is left; the room knows. */
  isInControl = () => false;

  /** Nothing more is said to the server, and leaving the page asks nothing. */
  stop() {
    this.#leaving.finish();
    this.stream.close();
  }
}

/**
 * A hold that begins before there is a room.
 * @param {string} key @param {{socket?: string, position?: string, leavingUrl?: string}} where
 */
export function attendEarly(key, where) {
  const attendance = new Attendance(key, where, HeldStream);
  attendance.stream.open();
  return attendance;
}
