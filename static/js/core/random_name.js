// A name that nobody guesses and nothing else has: for a load of the page, a tab, a line of the chat.

/** Not `randomUUID`, which a page served without TLS does not have. */
export function randomName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
