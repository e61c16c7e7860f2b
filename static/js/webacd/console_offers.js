// Offers on the page where an agent helps somebody already: he takes the next customer without leaving this one (S44).
import { parse } from "../core/dom.js";
import { getHtml } from "../core/http.js";
import { Board } from "./board.js";
import { sendForms } from "./forms.js";
import { hearOffers } from "./offers.js";

/**
 * @param {HTMLElement | null} place where they come, with the address to ask; absent for who is no agent
 * @param {{show: (session: string) => Promise<boolean>}} desk opens a session in a tab; false: it has no tabs
 */
export async function showOffers(place, desk) {
  const html = place && (await getHtml(place.dataset.consoleOffers ?? "").catch(() => null));
  if (!html) return;
  place.replaceChildren(parse(html));
  const root = /** @type {HTMLElement} */ (place.querySelector("[data-socket]"));
  const board = new Board(root);
  hearOffers(root, board.stream);
  sendForms(root, { dashboard: root.dataset.dashboard, onSession: (session) => desk.show(session), onDone: () => board.look() });
  board.open();
}
