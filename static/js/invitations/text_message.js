// The message with the join link, in this device's program for text messages (RFC 5724). The number goes there alone.
import { delegate } from "../core/dom.js";
import { find } from "../core/elements.js";
import { offerOf, panelOf } from "./offers.js";
import { openOutside } from "./outside.js";

const SEPARATORS = /[\s().\-\u2010-\u2015/]|\p{Cf}/gu;
// E.164 has 15 digits at most; without a country code the phone adds its own.
const NUMBER = /^\+?\d{5,15}$/;

delegate(document, "submit", "form[data-sms]", onSubmit);

/**
 * The number as phones read it; null for what is none. Arabic and Persian digits are digits, too.
 * @param {string} typed
 */
export function readNumber(typed) {
  const digits = typed.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
  const number = digits.replace(SEPARATORS, "").replace(/^00/, "+");
  return NUMBER.test(number) ? number : null;
}

/**
 * `?&body=` is read by both: iPhones looked for `&body=` only, and others for `?body=`.
 * @param {string} number may be empty: then it is chosen there @param {string} message
 */
export function smsLink(number, message) {
  return `sms:${number}?&body=${encodeURIComponent(message)}`;
}

/** @param {HTMLFormElement} form @param {SubmitEvent} event */
function onSubmit(form, event) {
  event.preventDefault();
  const panel = panelOf(form);
  const field = find(form, "input[type=tel]");
  const number = field.value.trim() && readNumber(field.value);
  const error = find(form, "[data-phone-error]");
  error.textContent = number === null ? (error.dataset.text ?? "") : "";
  field.ariaInvalid = number === null ? "true" : null;
  if (number === null) field.focus();
  else openOutside(panel, smsLink(number, offerOf(panel)?.dataset.message ?? ""));
}
