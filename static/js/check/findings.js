// What the check has found, kept in this tab until the visitor has a seat; then the page of the session reports it.

const KEPT = "connection-check";
// Set once a session's page has had them: when it is loaded again, each is looked at again.
const USED = "connection-check-used";

/** @typedef {Record<string, string | number>} Findings */

/** @param {Storage} [storage] @returns {Findings} */
export function findings(storage = sessionStorage) {
  try {
    const kept = JSON.parse(storage.getItem(KEPT) ?? "{}");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

/**
 * Add to what was found before; not to what an earlier session's page has had, which may be of another day and network.
 * @param {Findings} found @param {Storage} [storage]
 */
export function keepFindings(found, storage = sessionStorage) {
  const before = isUsed(storage) ? {} : findings(storage);
  keep(KEPT, JSON.stringify({ ...before, ...found }), storage);
  keep(USED, "", storage);
}

/** The same, on a session's page, which has used the rest. @param {Findings} found @param {Storage} [storage] */
export function keepUsed(found, storage = sessionStorage) {
  keep(KEPT, JSON.stringify({ ...findings(storage), ...found }), storage);
}

/**
 * For a session's page: what is known, and whether a page before it has just found it out.
 * @param {Storage} [storage]
 * @returns {{known: Findings, isNew: boolean}}
 */
export function useFindings(storage = sessionStorage) {
  const isNew = !isUsed(storage);
  const known = findings(storage);
  keep(USED, "yes", storage);
  return { known, isNew };
}

/** @param {Storage} storage */
function isUsed(storage) {
  return Boolean(storage.getItem(USED));
}

/** @param {string} name @param {string} text @param {Storage} storage */
function keep(name, text, storage) {
  try {
    storage.setItem(name, text);
  } catch {
    // A browser that keeps nothing: then the session's page looks by itself.
  }
}
