// The CSR's own email program, opened in the very click (E39b): the page holds a draft whose link will work as soon as
// the server knows of it.
import { findAll, maybe } from "../core/elements.js";
import { offerOf } from "./offers.js";
import { openOutside } from "./outside.js";

/**
 * Each draft is used once, or two people would be offered the same seat.
 * @param {HTMLElement} panel
 * @returns {{nonce: string, href: string} | null}
 */
export function takeDraft(panel) {
  const drafts = maybe(panel, "[data-drafts]");
  const nonce = drafts?.dataset.drafts;
  const href = offerOf(panel)?.href;
  if (!drafts || !nonce || !href) return null;
  drafts.dataset.drafts = "";
  return { nonce, href };
}

/** @param {string} href a draft's @param {string} email */
export function addressed(href, email) {
  // The at sign may stand as it is (RFC 6068), and not every program understands it otherwise.
  return href.replace("mailto:", () => `mailto:${encodeURIComponent(email).replace("%40", "@")}`);
}

/** @param {HTMLElement} panel @param {string} href */
export function openMail(panel, href) {
  openOutside(panel, href);
  const parts = partsOf(href);
  for (const button of findAll(panel, "[data-copy-part]")) button.dataset.copy = parts[button.dataset.copyPart ?? ""];
}

/**
 * What a message window would have held, for a computer where none opened.
 * @param {string} href
 * @returns {Record<string, string>}
 */
export function partsOf(href) {
  const { pathname, searchParams } = new URL(href);
  const subject = searchParams.get("subject") ?? "";
  const body = (searchParams.get("body") ?? "").replaceAll("\r\n", "\n");
  return { address: decodeURIComponent(pathname), subject, body, invitation: `${subject}\n\n${body}` };
}
