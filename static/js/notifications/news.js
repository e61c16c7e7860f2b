// Which event of a session is told to a CSR who looks elsewhere, as what kind of news, and about whom. Pure.

/**
 * @typedef {import("./choices.js").Kind} Kind
 * @typedef {import("../core/event_stream.js").StreamEvent} StreamEvent
 * @typedef {{kind: Kind, name: string}} News
 */

// Milliseconds. What is heard later, as after a lost connection, is seen on the page and no news any more.
const FRESH_MS = 60_000;

/** @type {Map<string, Kind>} */
const KINDS = new Map([
  ["participant.waiting", "door"],
  ["chat.said", "wrote"],
  ["consent.answered", "answered"],
  // Who then joins is told as who joins.
  ["invitation.opened", "opened"],
]);

/**
 * @param {StreamEvent} event
 * @param {string} me the key of who reads this page: what they do themselves is no news to them
 * @returns {News | null}
 */
export function newsOf(event, me) {
  const kind = event.actor?.key === me ? null : kindOf(event);
  if (!kind) return null;
  const { data, actor } = event;
  return { kind, name: "name" in data && typeof data.name === "string" ? data.name : (actor?.name ?? "") };
}

/** @param {StreamEvent} event @returns {Kind | null} */
function kindOf({ type, data }) {
  const isCustomer = "role" in data && data.role === "customer";
  if (type === "participant.joined") return isCustomer ? "joined" : "assistant";
  if (type === "participant.lost") return isCustomer ? "lost" : null;
  return KINDS.get(type) ?? null;
}

/** @param {{at: string}} event @param {number} now by the server's clock */
export function isFresh(event, now) {
  return now - Date.parse(event.at) < FRESH_MS;
}
