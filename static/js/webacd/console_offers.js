// Offers on the page where an agent helps somebody already or watches the queues: they need not leave it (S44).
import { parse } from "../core/dom.js";
import { getHtml, Refusal } from "../core/http.js";
import { persist } from "../core/persist.js";
import { tell } from "../core/regions.js";
import { Board } from "./board.js";
import { sendForms } from "./forms.js";
import { hearOffers } from "./offers.js";
import { repeatOffers } from "./tray_offers.js";

/**
 * @param {HTMLElement | null} place where they come, with the address to ask; absent for who is no agent
 * @param {{show: (session: string) => Promise<boolean>}} workspace opens a session in a tab; false: it has no tabs
 * @param {HTMLElement | null} [inTray] where they stand in the tray as well
 */
export async function showOffers(place, workspace, inTray = null) {
  const root = place && (await fetchOffers(place.dataset.consoleOffers ?? ""));
  if (!root) return;
  place.replaceChildren(root);
  const board = new Board(root);
  hearOffers(root, board.stream);
  const sending = {
    dashboard: root.dataset.dashboard,
    onSession: (/** @type {string} */ session) => workspace.show(session),
    onDone: () => board.look(),
  };
  sendForms(root, sending);
  if (inTray) {
    repeatOffers(root, inTray);
    // The tray may be all that is looked at.
    sendForms(inTray, { ...sending, onRefused: (message) => tell(inTray, "tray:refused", message) });
  }
  board.open();
}

/** @param {string} url @returns {Promise<HTMLElement | null>} null for who is no agent any more */
function fetchOffers(url) {
  return persist(() => readOffers(url)).catch(() => null);
}

/** @param {string} url */
async function readOffers(url) {
  const root = parse(await getHtml(url)).querySelector("[data-socket]");
  if (!(root instanceof HTMLElement)) throw Refusal.unreadable(200);
  return root;
}
