// The Invite panel: OK has the server send, or opens the CSR's own email program (S27-S34). Works on every panel of the
// page, whenever it came.
import { readAddress } from "../core/address.js";
import { ltr } from "../core/directions.js";
import { delegate, morph, parse, whileBusy } from "../core/dom.js";
import { find, findAll } from "../core/elements.js";
import { getHtml, post } from "../core/http.js";
import { openDialog } from "../ui/dialog.js";
import { prepareSuggestions } from "./colleagues.js";
import { panelOf, share, showOffer } from "./offers.js";
import { addressed, openMail, takeDraft } from "./own_program.js";
import "./qr_code.js";
import "./stage_ways.js";
import "./text_message.js";
import "./trouble.js";

const AT_START = "#invite";

delegate(document, "submit", "form[data-invite-form]", onSubmit);
delegate(document, "change", "[data-invite] [name=recipient], [data-invite] [name=language]", (field) =>
  draw(panelOf(field)),
);
// Opening a panel moves the focus into it; a refreshed one has new drafts.
delegate(document, "focusin", "[data-invite]", draw);
document.addEventListener("region:refreshed", () => findAll(document, "[data-invite]").forEach(draw));
// data-opens="invite-panel-…" data-recipient="csr": opened for somebody in particular.
delegate(document, "click", "[data-opens][data-recipient]", choose);
delegate(document, "click", "[data-invite] [data-share]", (button) => share(panelOf(button)));
openAtStart();
// One may have been opened before this was here.
findAll(document, "[data-invite][open]").forEach(draw);

/**
 * S3: the Start page's Email box leads here with the panel open; a reload finds it as it was left. One who answers
 * a message that was left comes with its address: #invite=carol%40example.org
 */
function openAtStart() {
  const [name, address = ""] = location.hash.split("=");
  if (name !== AT_START) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  const panel = document.querySelector("[data-invite]");
  openDialog(panel?.id ?? "");
  const field = panel?.querySelector("input[name=email]");
  if (field instanceof HTMLInputElement && address) field.value = decodeURIComponent(address);
}

/** @param {HTMLElement} opener */
function choose({ dataset }) {
  const panel = find(document, `#${dataset.opens}`);
  find(panel, `input[name=recipient][value="${dataset.recipient}"]`).checked = true;
  draw(panel);
}

/** @param {HTMLElement} panel */
function draw(panel) {
  showOffer(panel);
  prepareSuggestions(panel);
}

/** @param {HTMLFormElement} form @param {SubmitEvent} event */
async function onSubmit(form, event) {
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  const panel = panelOf(form);
  tell(panel);
  try {
    await whileBusy(form, invite(panel, form));
  } catch (refusal) {
    tell(panel, { refused: refusal.message });
  }
  emailField(panel).focus();
  await renew(panel).catch(() => {});
}

/** @param {HTMLElement} panel @param {HTMLFormElement} form */
async function invite(panel, form) {
  const fields = new FormData(form);
  const email = String(fields.get("email"));
  const isOwn = fields.has("own_program");
  const address = readAddress(email);
  // What is no address opens nothing and uses up no draft: the server says so.
  const draft = address && takeDraft(panel);
  if (draft) fields.set("nonce", draft.nonce);
  // Before anything is awaited: later, a browser would not take it for the click's doing.
  if (isOwn && draft) openMail(panel, addressed(draft.href, address));
  /** @type {{mailto: string}} */
  const answer = await post(form.action, fields);
  if (isOwn && !draft) openMail(panel, answer.mailto);
  const words = (isOwn ? form.dataset.textYours : form.dataset.textQueued) ?? "";
  tell(panel, { said: words.replace("{email}", () => ltr(address || email)), isOwn });
  emailField(panel).value = "";
}

/** @param {HTMLElement} panel */
function tell(panel, { said = "", refused = "", isOwn = false } = {}) {
  const place = (/** @type {string} */ name) => find(panel, `[data-${name}]`);
  place("told").textContent = said;
  place("told").hidden = !said;
  place("fallback").hidden = !isOwn;
  place("error").textContent = refused;
  emailField(panel).ariaInvalid = refused ? "true" : null;
}

/** The list, and the next draft. The socket brings them too, while it is there. @param {HTMLElement} panel */
async function renew(panel) {
  const list = find(panel, "[data-invite-list]");
  morph(list, parse(await getHtml(list.dataset.regionUrl ?? "")));
  showOffer(panel);
}

/** @param {HTMLElement} panel */
function emailField(panel) {
  return find(panel, "input[name=email]");
}
