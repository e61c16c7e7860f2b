// Offers on every page that is not the inbox, and the agent's status in its bar: they need not leave the page (S44).
// One socket of the inbox, with which the page counts as one on which the agent hears of offers (E47).
import { morph, parse } from "../core/dom.js";
import { findAll, maybe } from "../core/elements.js";
import { EventStream } from "../core/event_stream.js";
import { giveWay } from "../core/giving_way.js";
import { getHtml, Refusal } from "../core/http.js";
import { persist } from "../core/persist.js";
import { Regions, tell } from "../core/regions.js";
import { leadToSignIn } from "../core/signed_out.js";
import { keepStatus, sendStatus } from "./agent_status.js";
import { sendForms } from "./forms.js";
import { openBeside } from "./help_questions.js";
import { hearOffers } from "./offers.js";
import { repeatOffers } from "./tray_offers.js";

/**
 * @param {HTMLElement | null} bar the agent's status, with the address to ask; absent for who is no agent
 * @param {{show: (session: string) => Promise<boolean>}} [workspace] opens a session in a tab; false: it has no tabs
 * @param {HTMLElement | null} [inTray] where they stand in the tray as well
 */
export async function showOffers(bar, workspace = { show: async () => false }, inTray = null) {
  if (!bar) return;
  let look = () => {};
  sendStatus(bar, () => look());
  const drawn = await fetchOffers(bar.dataset.consoleOffers ?? "");
  if (!drawn) return;
  const { root, status } = drawn;
  document.body.append(root);
  const stream = new EventStream(root.dataset.socket ?? "", { after: Number(root.dataset.position) });
  const regions = new Regions(root, stream);
  const ways = {
    dashboard: root.dataset.dashboard,
    onSession: (/** @type {string} */ session) => workspace.show(session),
    onBeside: (/** @type {string} */ address) => openBeside(address, root.dataset),
    // Refused or done: what the page shows may be old.
    onDone: () => findAll(root, "[data-region-url]").forEach((region) => regions.refresh(region)),
  };
  hearOffers(root, stream);
  // The page after a transfer says who has the session now.
  stream.on("transfer.over", ({ data: { request } }) => {
    if (maybe(document, `[data-transfer-of="${request}"]`)) location.reload();
  });
  sendForms(root, ways);
  if (inTray) {
    repeatOffers(root, inTray);
    // The tray may be all that is looked at.
    sendForms(inTray, { ...ways, onRefused: (message) => tell(inTray, "tray:refused", message) });
  }
  look = keepStatus(bar, regions);
  showStatus(bar, status);
  // What is lost meanwhile is replayed, so that nothing is asked for again and again.
  stream.on("lost", () => (bar.dataset.connection = "reconnecting"));
  giveWay(bar, stream);
  stream.on("reload", () => location.reload());
  // The page itself may have something on it that nobody has sent yet.
  stream.onAny(["signed-out", "forbidden"], () => [root, bar].forEach((part) => part.remove()));
  stream.on("signed-out", leadToSignIn);
  stream.open();
}

/** @param {HTMLElement} bar @param {HTMLTemplateElement} status */
function showStatus(bar, status) {
  const region = maybe(bar, "[data-region-url]");
  if (!region) return;
  morph(region, status.content);
  tell(region, "region:refreshed");
}

/** @param {string} url @returns {Promise<Drawn | null>} null for who is no agent any more */
function fetchOffers(url) {
  return persist(() => readOffers(url)).catch(() => null);
}

/** @typedef {{root: HTMLElement, status: HTMLTemplateElement}} Drawn */

/** @param {string} url @returns {Promise<Drawn>} */
async function readOffers(url) {
  const answer = parse(await getHtml(url));
  const root = maybe(answer, "[data-socket]");
  const status = maybe(answer, "template[data-agent-status]");
  if (!root || !status) throw Refusal.unreadable(200);
  return { root, status };
}
