// The tray's field that answers in the chat of the session that is shown. What is half written waits for its own
// session: it must not go to another customer.

/**
 * What it needs of a room.
 * @typedef {{key: string, unread: {read: () => void},
 *   chat?: {say: (text: string, how: {isElsewhere: boolean}) => void, tellTyping: (isTyping: boolean) => void}}} Place
 */

export class Reply {
  #field;
  /** By the key of a session. @type {Map<string, string>} */
  #drafts = new Map();
  /** @type {Place | undefined} */
  #place;

  /** @param {{value: string}} field */
  constructor(field) {
    this.#field = field;
  }

  /** @param {Place} place */
  show(place) {
    if (this.#place) this.#drafts.set(this.#place.key, this.#field.value);
    this.#place = place;
    this.#field.value = this.#drafts.get(place.key) ?? "";
  }

  tellTyping() {
    this.#place?.chat?.tellTyping(this.#field.value !== "");
  }

  /** By the chat's own way. Who answers has read. */
  send() {
    const text = this.#field.value.trim();
    const { chat, unread } = this.#place ?? {};
    if (!text || !chat) return;
    chat.say(text, { isElsewhere: true });
    chat.tellTyping(false);
    unread?.read();
    this.#field.value = "";
  }

  /**
   * What was refused comes back, unless something else has been begun there.
   * @param {string} key @param {string} text
   */
  giveBack(key, text) {
    if (key !== this.#place?.key) this.#drafts.set(key, this.#drafts.get(key) || text);
    else this.#field.value ||= text;
  }
}
