// What the check has found, kept in this tab until the visitor has a seat; then the page of the session reports it.
import { post } from "../core/http.js";

const KEPT = "connection-check";

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

/** Add to what was found before. @param {Findings} found @param {Storage} [storage] */
export function keepFindings(found, storage = sessionStorage) {
  try {
    storage.setItem(KEPT, JSON.stringify({ ...findings(storage), ...found }));
  } catch {
    // A browser that keeps nothing: then the representative does not see it.
  }
}

/**
 * Tell the representatives. Once for each page: the site takes the same again for nothing.
 * @param {string} url @param {Findings} [found] @param {typeof post} [send]
 */
export async function reportFindings(url, found = findings(), send = post) {
  if (Object.keys(found).length) await send(url, found).catch(() => {});
}
