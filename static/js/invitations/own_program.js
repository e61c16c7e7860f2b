// The CSR's own email program, opened in the very click (E39b): the page holds a draft whose link will work as soon as
// the server knows of it.
import { find, maybe } from "../core/elements.js";
import { offerOf } from "./offers.js";

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
  const link = document.createElement("a");
  link.href = href;
  link.hidden = true;
  // A click on a link and no change of location: the page does not take it for leaving (room/leaving.js).
  panel.append(link);
  link.click();
  link.remove();
  offerCopy(panel, href);
}

/** @param {HTMLElement} panel @param {string} href */
function offerCopy(panel, href) {
  const { searchParams } = new URL(href);
  const button = find(panel, "[data-copy-message]");
  button.dataset.copy = `${searchParams.get("subject")}\n\n${searchParams.get("body")}`;
}
