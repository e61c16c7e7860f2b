// <form data-passkey="get|create">: the browser asks for a passkey or a security key; its answer goes with the form.
import { findAll } from "../core/elements.js";
import { getJson } from "../core/http.js";
import { textOf } from "../core/texts.js";

/**
 * What the site asks, as it says it in JSON: for a credential that there is, or for a new one.
 * @typedef {{publicKey: PublicKeyCredentialRequestOptionsJSON & PublicKeyCredentialCreationOptionsJSON}} Options
 */

const isSupported = "PublicKeyCredential" in globalThis && "parseRequestOptionsFromJSON" in PublicKeyCredential;

for (const form of findAll(document, "form[data-passkey]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  if (isSupported) form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void answer(form);
  });
}

/** @param {HTMLFormElement} form */
async function answer(form) {
  const says = form.querySelector("[data-passkey-says]");
  if (form.dataset.asking !== undefined || !says) return;
  form.dataset.asking = "";
  says.textContent = "";
  try {
    const credential = await askBrowser(form, await optionsOf(form));
    const field = form.elements.namedItem("credential");
    if (!credential || !(field instanceof HTMLInputElement)) throw new TypeError("The browser has no answer.");
    field.value = JSON.stringify(credential);
    form.submit();
  } catch {
    // Given up by the person, refused by the device, or not there: browsers do not say which.
    says.textContent = textOf(form.dataset, "failed");
    delete form.dataset.asking;
  }
}

/** @param {HTMLFormElement} form @returns {Promise<Options>} */
async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  // Asked for at the press: a question waits in the sign-in of the browser, and most people sign in by password.
  /** @type {{request_options: Options}} */
  const answered = await getJson(form.action);
  return answered.request_options;
}

/** @param {HTMLFormElement} form @param {Options} options */
async function askBrowser(form, options) {
  if (form.dataset.passkey === "get") {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey);
    return navigator.credentials.get({ publicKey });
  }
  const asked = PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey);
  const alone = form.elements.namedItem("passwordless");
  const isAlone = alone instanceof HTMLInputElement && alone.checked;
  const authenticatorSelection = { ...asked.authenticatorSelection, ...selection(isAlone) };
  return navigator.credentials.create({ publicKey: { ...asked, authenticatorSelection } });
}

/**
 * @param {boolean} isAlone without a password: it has to know its person, and to check them
 * @returns {AuthenticatorSelectionCriteria}
 */
function selection(isAlone) {
  if (isAlone) return { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return { residentKey: "discouraged", requireResidentKey: false };
}
